import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Loads a part of the launcher. It is plain JavaScript, because it runs before anything is installed; `Part` says what is used of it. */
export async function launcherModule<Part>(name: string): Promise<Part> {
  return (await import(pathToFileURL(join(process.cwd(), "tools", `${name}.mjs`)).href)) as Part;
}
