import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { identityOf } from "../../../lib/os/process-identity.mjs";

function commandLines() {
  if (existsSync("/proc/self/stat")) {
    return readdirSync("/proc").flatMap((entry) => {
      if (!/^\d+$/.test(entry)) return [];
      try {
        return [{ pid: Number(entry), args: readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0") }];
      } catch {
        return [];
      }
    });
  }
  return execFileSync("ps", ["-axo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
    .flatMap((match) => (match ? [{ pid: Number(match[1]), args: match[2].split(" ") }] : []));
}

export function findByHome(home) {
  return commandLines().flatMap(({ pid, args }) => {
    const isOfHome = args[args.indexOf("--home") + 1] === home && args.includes("--home") && args[1] === "start";
    const identity = isOfHome ? identityOf(pid) : undefined;
    return identity === undefined ? [] : [{ pid, identity }];
  });
}
