import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The agent as a person gets it: one bundled file on plain Node. */
export async function startAgentProgram(args: readonly string[], kind: "validator" | "server" = "validator") {
  const { agentBundle, bundleAgent } = (await import(
    pathToFileURL(join(process.cwd(), "tools/start/process-bundles.mjs")).href
  )) as { agentBundle(repoDir: string): string; bundleAgent(repoDir: string): Promise<void> };
  await bundleAgent(process.cwd());
  const folder = mkdtempSync(join(tmpdir(), "omniphi-agent-"));
  const child = spawn(
    process.execPath,
    [
      agentBundle(process.cwd()),
      ...[kind, "--state", join(folder, "agent.json")],
      ...(kind === "validator" ? ["--bridge-port", "0"] : []),
      ...args,
    ],
    { env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", HOME: folder }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return {
    statePath: join(folder, "agent.json"),
    output: () => output,
    /** Where its bridge listens; null until it said so. */
    bridgeOrigin: () => /at (http:\/\/127\.0\.0\.1:\d+)\./.exec(output)?.[1] ?? null,
    /** Its code once it ends by itself. */
    ended: () => ended,
    stop: async () => {
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
