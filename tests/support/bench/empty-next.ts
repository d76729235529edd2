import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { until } from "../e2e/until";
import { freePort } from "../free-port";

/** The emptiest page that Next renders anew for each request: what nothing built on Next can go below. */
const FILES: Readonly<Record<string, string>> = {
  "app/layout.js":
    'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  "app/page.js":
    'import { connection } from "next/server";\nexport default async function Page() {\n  await connection();\n  return <p>Empty</p>;\n}\n',
  // Next takes the checkout's own from further up where a project has none.
  "instrumentation.js": "export function register() {}\n",
  "proxy.js": 'export function proxy() {}\nexport const config = { matcher: "/nothing-is-here" };\n',
};

export type EmptyNext = { readonly url: string; readonly pid: number; stop(): Promise<void> };

/** Builds that page in a folder below the checkout, where Next finds itself, and serves it. */
export async function startEmptyNext(folder: string, repoDir: string): Promise<EmptyNext> {
  const config = `export default ${JSON.stringify({ turbopack: { root: repoDir } })};\n`;
  for (const [name, text] of Object.entries({ ...FILES, "next.config.mjs": config })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const next = createRequire(join(repoDir, "package.json")).resolve("next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  execFileSync(process.execPath, [next, "build", folder], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const child = spawn(process.execPath, [next, "start", folder, "-H", "127.0.0.1", "-p", String(port)], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  await until("the empty page", 60_000, () =>
    fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
