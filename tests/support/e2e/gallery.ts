import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { freePort } from "../free-port";
import { until } from "./until";

/** The running gallery of shared parts; `stop` ends it and waits for its end. */
export type Gallery = { readonly baseUrl: string; stop(): Promise<void> };

/** Starts the gallery on a free port and waits until it answers. */
export async function startGallery(): Promise<Gallery> {
  const port = await freePort();
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "dev", "tests/support/gallery", "-p", String(port), "-H", "127.0.0.1"], {
    env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += String(chunk);
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
  };
  const baseUrl = `http://127.0.0.1:${port}`;
  try {
    await until("the gallery to answer", 180_000, async () => {
      if (child.exitCode !== null) throw new Error(`The gallery ended with ${child.exitCode}:\n${complaints}`);
      return fetch(baseUrl).then(
        (response) => response.ok,
        () => false,
      );
    });
    return { baseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
