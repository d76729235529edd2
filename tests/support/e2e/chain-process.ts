import { readdirSync, readFileSync } from "node:fs";

/** The process of the product's local chain, as the system lists it. */
function chainPid(dataDir: string): number {
  const home = `${dataDir}/localnet`;
  for (const pid of readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (command.includes("\0start\0") && command.includes(home)) return Number(pid);
    } catch {
      // It ended while the list was read.
    }
  }
  throw new Error(`no process runs the chain of ${home}`);
}

/** Stops the local chain's clock, so to say: it answers nothing and makes no block until the returned act. */
export function haltChain(dataDir: string): () => void {
  const pid = chainPid(dataDir);
  process.kill(pid, "SIGSTOP");
  return () => void process.kill(pid, "SIGCONT");
}
