import { spawn } from "node:child_process";

/** Removes the folder in a process of its own: with installed packages it takes a minute, for which nobody has to wait. */
export function removeLater(folder: string): void {
  spawn("rm", ["-rf", "--", folder], { detached: true, stdio: "ignore" }).unref();
}
