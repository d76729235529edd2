import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/*
 * What a page loads first, read from the manifests of the build that runs: the scripts of the framework and those of the page with its layouts,
 * each as it goes over the wire. Parts that are imported when they are needed are in neither.
 */

const BUILD = ".next";
const MANIFEST = "page_client-reference-manifest.js";

type ClientManifest = { readonly entryJSFiles?: Readonly<Record<string, readonly string[]>> };

export type PageWeight = {
  readonly route: string;
  readonly scriptBytes: number;
  /** The heaviest first. */
  readonly scripts: readonly { readonly file: string; readonly bytes: number }[];
};

const sizes = new Map<string, number>();
function compressedBytes(file: string): number {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const bytes = gzipSync(readFileSync(join(BUILD, file))).length;
  sizes.set(file, bytes);
  return bytes;
}

function manifests(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return manifests(path);
    return entry.name === MANIFEST ? [path] : [];
  });
}

/** The manifest is a script that adds one name to an object of the page. */
function readManifest(path: string): [route: string, manifest: ClientManifest] {
  const text = readFileSync(path, "utf8");
  const assigned = /__RSC_MANIFEST\[("(?:[^"\\]|\\.)*")\]\s*=\s*(\{.*\});?\s*$/s.exec(text);
  if (!assigned) throw new Error(`${path} is written in another way than the build wrote it before`);
  return [JSON.parse(assigned[1] ?? ""), JSON.parse(assigned[2] ?? "")];
}

/** Every page of the build with what it loads first. */
export function readPageWeights(): PageWeight[] {
  const { rootMainFiles } = JSON.parse(readFileSync(join(BUILD, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  return manifests(join(BUILD, "server/app")).map((path) => {
    const [route, { entryJSFiles = {} }] = readManifest(path);
    const own = Object.values(entryJSFiles).flat();
    const files = [...new Set([...rootMainFiles, ...own.map((file) => file.replace(/^\/_next\//, ""))])];
    const scripts = files
      .map((file) => ({ file, bytes: compressedBytes(file) }))
      .sort((one, other) => other.bytes - one.bytes);
    return { route, scripts, scriptBytes: scripts.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}

/** Bytes of the fonts that every page of the build asks for at once. */
export function readFontBytes(): number {
  const { app } = JSON.parse(readFileSync(join(BUILD, "server/next-font-manifest.json"), "utf8")) as {
    app: Record<string, string[]>;
  };
  const files = new Set(Object.values(app).flat());
  return [...files].reduce((sum, file) => sum + statSync(join(BUILD, file)).size, 0);
}
