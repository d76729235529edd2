import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requiredFiles } from "../../tools/new-domain/domain-files.mjs";
import { repoDir } from "./repository-files";
import { runGate } from "./run-gate";
import { temporaryCheckout, writeTree } from "./temporary-checkout";

/** What of the checkout a new domain touches or stands on. */
const COPIED = [
  "db",
  "server/kernel",
  "lib",
  "server/domains",
  "server/ports",
  "tsconfig.json",
  "biome.json",
  "package.json",
  "drizzle.config.ts",
  ".dependency-cruiser.cjs",
];

/** A name that no product will take, so that the tests hold in a checkout with any domains. */
const HERBARIUM = ["herbarium", "--entity", "specimen", "--plural", "specimens"] as const;

const generate = (folder: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(repoDir, "tools/new-domain/main.mjs"), ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: "pipe",
  });

describe("npm run new:domain", () => {
  it("writes a domain with its migration, edits one file of others, and passes the gates", async () => {
    const folder = temporaryCheckout(COPIED, { "app/page.tsx": "export default 1;\n" });
    const said = generate(folder, ...HERBARIUM);
    const written = [...said.matchAll(/^wrote (\S+)$/gm)].map(([, path = ""]) => path);
    expect(requiredFiles("herbarium").filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    const isOwn = (path: string) => /(^|\/)herbarium(\/|\.)/.test(path);
    expect(written.filter((path) => !isOwn(path))).toEqual(["server/domains/domains.ts"]);
    expect(readdirSync(join(folder, "db/migrations")).filter((name) => name.endsWith("_herbarium.sql"))).toHaveLength(
      1,
    );

    const sources = written.filter((path) => /\.tsx?$/.test(path));
    const format = await runGate("biome", ["check", "--vcs-enabled=false", ...sources], folder);
    expect(format.output).not.toContain("━━");
    expect(format.passes).toBe(true);

    const tsconfig = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8"));
    writeTree(folder, {
      "tsconfig.domain.json": JSON.stringify({
        ...tsconfig,
        compilerOptions: { ...tsconfig.compilerOptions, incremental: false, plugins: [] },
        include: written.filter((path) => /^(db|server\/domains)\/.*\.ts$/.test(path)),
      }),
    });
    const types = await runGate("tsc", ["--noEmit", "-p", "tsconfig.domain.json"], folder);
    expect(types.output).toBe("");
  });

  it.each([
    ["a name that is no word", "Snap-Shots", "small letters"],
    ["a domain that exists", "regions", "exists already"],
    ["a name that does not say what it keeps", "fog", "Say what fog keeps"],
  ])("refuses %s and writes nothing", (_, domain, sentence) => {
    const folder = temporaryCheckout(["server/domains", "db/schema", "package.json"], {
      "app/page.tsx": "export default 1;\n",
    });
    expect(() => generate(folder, domain)).toThrow(sentence);
    const list = "server/domains/domains.ts";
    expect(readFileSync(join(folder, list), "utf8")).toBe(readFileSync(join(repoDir, list), "utf8"));
  });
});
