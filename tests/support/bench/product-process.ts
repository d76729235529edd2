import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the launcher gives to every process, with secrets that guard nothing. */
const environment = (databaseUrl: string): NodeJS.ProcessEnv => ({
  NODE_ENV: "production",
  PATH: process.env.PATH ?? "",
  DATABASE_URL: databaseUrl,
  AUTH_SECRET: "s".repeat(40),
  METRICS_TOKEN: "m".repeat(40),
  SECRETS_KEK_BASE64: Buffer.alloc(32, 1).toString("base64"),
  INNGEST_EVENT_KEY: "event-key-of-benches",
  INNGEST_SIGNING_KEY: "signkey-test-00",
  OMNIPHI_DATA_DIR: mkdtempSync(join(tmpdir(), "omniphi-bench-")),
  LOG_LEVEL: "warn",
});

const argumentsOf = (name: string) => ["--conditions=react-server", join(process.env.BENCH_DIR ?? "", `${name}.mjs`)];

/** Brings an empty database to this version. */
export const migrate = (databaseUrl: string): void => {
  execFileSync(process.execPath, argumentsOf("migrate"), {
    env: environment(databaseUrl),
    stdio: ["ignore", "ignore", "inherit"],
  });
};

/** A process of the product beside nothing else of it. */
export const startProductProcess = (name: string, databaseUrl: string): ChildProcess =>
  spawn(process.execPath, argumentsOf(name), {
    env: environment(databaseUrl),
    stdio: ["ignore", "inherit", "inherit"],
  });
