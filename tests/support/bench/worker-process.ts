import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type WorkerProcess = { kill(): Promise<void> };

/** The worker in a process of its own; resolves once it is registered, and hands each line that follows to `onLine`. */
export async function startWorkerProcess(of: {
  engineUrl: string;
  port: number;
  onLine: (line: string) => void;
}): Promise<WorkerProcess> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", join(process.env.BENCH_DIR ?? "", "worker.mjs")],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", ENGINE_URL: of.engineUrl, PORT: String(of.port) },
    },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => (line === "ready" ? resolve() : of.onLine(line)));
    child.once("exit", (code) => reject(new Error(`the worker ended (${code})`)));
  });
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
