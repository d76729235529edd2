import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../free-port";
import { until } from "./until";

/** Each of the launcher's five waves may take twenty seconds. */
const STOP_LIMIT_MS = 120_000;

export type Product = { readonly baseUrl: string; readonly dataDir: string; stop(): Promise<void> };

/** The state that the launcher writes of the local chain. */
export function localnetState(dataDir: string): string {
  try {
    return String(JSON.parse(readFileSync(join(dataDir, "localnet", "status.json"), "utf8")).state);
  } catch {
    return "unknown";
  }
}

/** Runs `npm start` in a data directory of its own with those settings and waits until the chain is there too. */
export async function startProduct(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "omniphi-e2e-"));
  const port = await freePort();
  const child = spawn("npm", ["start"], {
    env: { ...process.env, ...settings, PORT: String(port), OMNIPHI_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    output += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const stop = async () => {
    // As Ctrl-C in a terminal: to the whole group. npm alone would keep the signal to itself and wait.
    if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, "SIGINT");
    const late = delay(STOP_LIMIT_MS, "late" as const, { ref: false });
    if ((await Promise.race([ended, late])) === "late") {
      throw new Error(`npm start had not ended ${STOP_LIMIT_MS / 1000} s after Ctrl-C:\n${output}`);
    }
    // The product's own way to leave nothing behind, containers and volumes too.
    execFileSync("npm", ["run", "--silent", "reset", "--", "--yes"], {
      env: { ...process.env, OMNIPHI_DATA_DIR: dataDir },
    });
    if (existsSync(dataDir)) throw new Error(`npm run reset left ${dataDir}`);
  };
  try {
    await until("npm start to be ready", 900_000, async () => {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${output}`);
      return /^ready\b/m.test(output) && localnetState(dataDir) === "ready";
    });
  } catch (thrown) {
    await stop();
    throw new Error(`${thrown instanceof Error ? thrown.message : String(thrown)}\n${output}`);
  }
  return { baseUrl: `http://localhost:${port}`, dataDir, stop };
}
