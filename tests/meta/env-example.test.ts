import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { repoDir } from "./repository-files";

const read = (path: string) => readFileSync(join(repoDir, path), "utf8");

/** Where every user's programs keep what can be made again: a convention of the desktop, not a setting of ours. */
const NOT_OURS = new Set(["XDG_CACHE_HOME"]);

/** Names that env.ts checks, then those that only the launcher reads. */
function settingNames(envSource: string, launcherSource: string): readonly string[] {
  const checked = [...envSource.matchAll(/^ {4}([A-Z][A-Z0-9_]*): /gm)].map(([, name = ""]) => name);
  const launched = [...launcherSource.matchAll(/set\(env\.([A-Z0-9_]+)\)/g)].map(([, name = ""]) => name);
  return [...new Set([...checked, ...launched])].filter((name) => !NOT_OURS.has(name));
}

/** Name and value of each line of `.env.example` that sets something. */
const exampleOf = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));

const REQUIRED = {
  DATABASE_URL: "postgres://localhost/omniphi",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  SECRETS_KEK_BASE64: Buffer.alloc(32).toString("base64"),
  METRICS_TOKEN: "0123456789abcdef0123456789abcdef",
  INNGEST_EVENT_KEY: "0123456789",
  INNGEST_SIGNING_KEY: "signkey-prod-00",
};

/** What every process gets when exactly these are set. */
async function settingsFrom(values: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  for (const name of settingNames(read("env.ts"), "")) vi.stubEnv(name, values[name]);
  vi.resetModules();
  const { env } = await import("@/env");
  return { ...env };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe(".env.example", () => {
  it("names every setting and no other", () => {
    const names = settingNames(read("env.ts"), read("tools/start/options.mjs"));
    expect(names.length).toBeGreaterThan(20);
    expect([...exampleOf(read(".env.example")).keys()].sort()).toEqual([...names].sort());
  });

  it("shows the defaults", async () => {
    const example = Object.fromEntries([...exampleOf(read(".env.example"))].filter(([, value]) => value !== ""));
    expect(await settingsFrom({ ...REQUIRED, ...example })).toEqual(await settingsFrom(REQUIRED));
  });

  it("says in a comment what each is for", () => {
    const bare = read(".env.example")
      .split("\n\n")
      .filter((block) => /^[A-Z]/m.test(block) && !block.startsWith("#"));
    expect(bare).toEqual([]);
  });
});

describe("the rule", () => {
  it("finds a setting of env.ts and one of the launcher", () => {
    expect(settingNames("  server: {\n    NEW_THING: port,\n", "x = set(env.NEW_SWITCH)")).toEqual([
      "NEW_THING",
      "NEW_SWITCH",
    ]);
  });

  it("sees a default that differs", async () => {
    expect(await settingsFrom({ ...REQUIRED, PORT: "3001" })).not.toEqual(await settingsFrom(REQUIRED));
  });
});
