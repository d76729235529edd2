import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { testEventKey, testSigningKey } from "../engine/test-app";

export type EngineProcess = { readonly pid: number; readonly child: ChildProcess; kill(): Promise<void> };

/** The embedded engine in a process of its own, with the settings that the product gives it; resolves once it is active or stands by. */
export async function startEngineProcess(of: {
  databaseUrl: string;
  port: number;
  appUrl?: string;
}): Promise<EngineProcess> {
  const bundle = join(process.env.BENCH_DIR ?? "", "engine-process.mjs");
  const child = spawn(process.execPath, ["--conditions=react-server", bundle], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH ?? "",
      DATABASE_URL: of.databaseUrl,
      ENGINE_PORT: String(of.port),
      ...(of.appUrl === undefined ? {} : { APP_URL: of.appUrl }),
      EVENT_KEY: testEventKey,
      SIGNING_KEY: testSigningKey,
      ENGINE_DEFAULTS: "true",
    },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => text.includes("ready") && resolve());
    child.once("exit", (code) => reject(new Error(`the engine ended (${code})`)));
  });
  return {
    pid: child.pid ?? 0,
    child,
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
