import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repoDir } from "./repository-files";
import { runGate } from "./run-gate";
import { type Tree, temporaryCheckout } from "./temporary-checkout";

/** A file that breaks one rule, and the name by which the gate must call it. */
type Plant = { readonly path: string; readonly text: string; readonly name: string };

const treeOf = (plants: readonly Plant[]): Tree => Object.fromEntries(plants.map(({ path, text }) => [path, text]));

/** Plants that the output does not name, with their file, on one line. */
const unnamed = (plants: readonly Plant[], output: string, lineOf: (plant: Plant) => RegExp) =>
  plants.filter((plant) => !lineOf(plant).test(output)).map(({ path, name }) => `${path}: ${name}`);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("the format and lint gate", () => {
  const plants: readonly Plant[] = [
    { path: "lib/format.ts", name: "format", text: "export const  a = 'b'\n" },
    {
      path: "lib/imports.ts",
      name: "organizeImports",
      text: `import { b } from "b";\nimport { a } from "a";\n\nexport const c = [a, b];\n`,
    },
    { path: "lib/camelCase.ts", name: "useFilenamingConvention", text: "export const a = 1;\n" },
    { path: "lib/any.ts", name: "noExplicitAny", text: "export const a: any = 1;\n" },
    {
      path: "lib/non-null.ts",
      name: "noNonNullAssertion",
      text: "export const a = (b: string | null) => b!.length;\n",
    },
    { path: "lib/console.ts", name: "noConsole", text: `console.log("a");\n` },
    { path: "lib/environment.ts", name: "noProcessEnv", text: "export const a = process.env.A;\n" },
    { path: "lib/enumeration.ts", name: "noEnum", text: "export enum A {\n  B = 1,\n}\n" },
    { path: "lib/default.ts", name: "noDefaultExport", text: "export default 1;\n" },
    { path: "lib/unused.ts", name: "noUnusedVariables", text: "const a = 1;\n" },
    {
      path: "lib/import-type.ts",
      name: "useImportType",
      text: `import { A } from "a";\n\nexport const b = (a: A) => a;\n`,
    },
    {
      path: "lib/builtin.ts",
      name: "useNodejsImportProtocol",
      text: `import { join } from "path";\n\nexport const a = join;\n`,
    },
    { path: "lib/literal-key.ts", name: "useLiteralKeys", text: `export const a = (b: { c: number }) => b["c"];\n` },
    { path: "lib/focused.test.ts", name: "noFocusedTests", text: `describe.only("a", () => {});\n` },
    {
      path: "components/list.tsx",
      name: "useExhaustiveDependencies",
      text: `import { useEffect } from "react";\n\nexport function List({ a }: { a: () => void }) {\n  useEffect(() => a(), []);\n  return null;\n}\n`,
    },
    { path: "components/picture.tsx", name: "useAltText", text: `export const Picture = () => <img src="a.png" />;\n` },
  ];

  it("names every planted finding as an error", async () => {
    const folder = temporaryCheckout(["biome.json"], treeOf(plants));
    // Git's list of ignored files is no part of what is tested.
    const args = [
      "check",
      "--vcs-enabled=false",
      "--error-on-warnings",
      "--max-diagnostics=none",
      "--diagnostic-level=error",
      ".",
    ];
    const { passes, output } = await runGate("biome", args, folder);
    expect(passes).toBe(false);
    expect(unnamed(plants, output, ({ path, name }) => new RegExp(`^${escaped(path)}\\S* .*${name}`, "m"))).toEqual([]);
  });

  it("lets configuration export a default, scripts print, and env.ts read the environment", async () => {
    const folder = temporaryCheckout(["biome.json"], {
      "next.config.ts": "export default {};\n",
      "app/page.tsx": "export default function Page() {\n  return null;\n}\n",
      "tools/say.mjs": `console.log(process.env.PORT);\n`,
      "env.ts": "export const port = process.env.PORT;\n",
    });
    const { passes, output } = await runGate(
      "biome",
      ["check", "--vcs-enabled=false", "--error-on-warnings", "."],
      folder,
    );
    expect(output).toContain("Checked");
    expect(passes).toBe(true);
  });
});

describe("the async gate", () => {
  const plants: readonly Plant[] = [
    {
      path: "server/unawaited.ts",
      name: "no-floating-promises",
      text: "export async function a(b: () => Promise<void>) {\n  b();\n}\n",
    },
    {
      path: "server/thenable.ts",
      name: "no-floating-promises",
      text: "type Statement = PromiseLike<number> & { where(): Statement };\nexport async function a(insert: () => Statement) {\n  insert().where();\n}\n",
    },
    {
      path: "server/voided.ts",
      name: "no-floating-promises",
      text: "export async function a(b: () => Promise<void>) {\n  void b();\n}\n",
    },
    {
      path: "server/condition.ts",
      name: "no-misused-promises",
      text: "export const a = (b: () => Promise<boolean>) => (b() ? 1 : 2);\n",
    },
    {
      path: "server/loop.ts",
      name: "no-misused-promises",
      text: "export const a = (b: number[]) => b.forEach(async (c) => Promise.resolve(c));\n",
    },
    { path: "server/no-promise.ts", name: "await-thenable", text: "export const a = async (b: number) => await b;\n" },
    {
      path: "server/swallowed.ts",
      name: "return-await",
      text: "export async function a(b: () => Promise<number>) {\n  try {\n    return b();\n  } catch {\n    return 0;\n  }\n}\n",
    },
    {
      path: "server/disabled.ts",
      name: "Unused eslint-disable directive",
      text: "// eslint-disable-next-line no-eval\nexport const a = 1;\n",
    },
  ];

  it("names every planted finding as an error", async () => {
    const folder = temporaryCheckout(["eslint.config.mjs", "tsconfig.json", "package.json"], treeOf(plants));
    const { passes, output } = await runGate("eslint", ["--max-warnings", "0", "--format", "json", "."], folder);
    const results: readonly {
      filePath: string;
      messages: readonly { ruleId: string | null; severity: number; message: string }[];
    }[] = JSON.parse(output.slice(output.indexOf("["), output.lastIndexOf("]") + 1));
    const lines = results.flatMap(({ filePath, messages }) =>
      messages
        .filter(({ severity }) => severity === 2)
        .map(({ ruleId, message }) => `${filePath} ${ruleId ?? ""} ${message}`),
    );
    expect(passes).toBe(false);
    expect(unnamed(plants, lines.join("\n"), ({ path, name }) => new RegExp(`${escaped(path)} .*${name}`))).toEqual([]);
  });
});

describe("the unused gate", () => {
  const sources: Tree = {
    "lib/nobody.ts": "export const a = 1;\n",
    "lib/part.ts": "export const used = 1;\nexport const unusedValue = 2;\n",
    "lib/part-type.ts": "export const also = 1;\nexport type UnusedType = string;\n",
    "server/processes/run.ts": `import unlisted from "not-in-package-json";
import { used } from "../../lib/part";
import { part } from "../../lib/part-nowhere";
import { also } from "../../lib/part-type";

export const run = [unlisted, used, part, also];
`,
  };

  it("names every planted finding as an error", async () => {
    const manifest = JSON.parse(readFileSync(join(repoDir, "package.json"), "utf8"));
    const folder = temporaryCheckout(["knip.json", "tsconfig.json"], {
      ...sources,
      "package.json": JSON.stringify({ ...manifest, scripts: {}, dependencies: { zod: "4.0.0" }, devDependencies: {} }),
    });
    const { passes, output } = await runGate("knip", ["--no-progress"], folder);
    const sections = output.split(/\n(?=[A-Z][a-z ]+\(\d+\)\n)/);
    const section = (name: string) => sections.find((text) => text.startsWith(name)) ?? "";
    expect(passes).toBe(false);
    expect(section("Unused files")).toContain("lib/nobody.ts");
    expect(section("Unused exports")).toContain("unusedValue");
    expect(section("Unused exported types")).toContain("UnusedType");
    expect(section("Unused dependencies")).toContain("zod");
    expect(section("Unlisted dependencies")).toContain("not-in-package-json");
    expect(section("Unresolved imports")).toContain("lib/part-nowhere");
  });
});

describe("the production gate", () => {
  const sources: Tree = {
    "server/processes/run.ts": `import { used } from "../../lib/part";\n\nexport const run = used;\n`,
    "lib/part.ts": `export const used = 1;\nexport const tested = 2;\n/** For the tests. @internal */\nexport const hook = 3;\n`,
    "lib/part.test.ts": `import { hook, tested, used } from "./part";\nimport { alone } from "./alone";\n\nexport const all = [hook, tested, used, alone];\n`,
    "lib/alone.ts": "export const alone = 1;\n",
  };

  it("names what only a test uses, and lets be what is said to be theirs", async () => {
    const manifest = JSON.parse(readFileSync(join(repoDir, "package.json"), "utf8"));
    const folder = temporaryCheckout(["knip.production.json", "tsconfig.json"], {
      ...sources,
      "package.json": JSON.stringify({ ...manifest, scripts: {}, dependencies: {}, devDependencies: {} }),
    });
    const args = ["--no-progress", "--production", "--config", "knip.production.json"];
    const { passes, output } = await runGate("knip", args, folder);
    expect(passes).toBe(false);
    expect(output).toMatch(/^tested /m);
    expect(output).toContain("lib/alone.ts");
    expect(output).not.toMatch(/^(?:hook|used) /m);
  });
});

describe("the type gate", () => {
  const plants: readonly Plant[] = [
    { path: "lib/index-access.ts", name: "TS2322", text: "export const a = (b: string[]): string => b[0];\n" },
    { path: "lib/optional.ts", name: "TS2375", text: "export const a: { b?: string } = { b: undefined };\n" },
    { path: "lib/erasable.ts", name: "TS1294", text: "export enum A {\n  B,\n}\n" },
    {
      path: "lib/fallthrough.ts",
      name: "TS7029",
      text: "export function a(b: number) {\n  switch (b) {\n    case 1:\n      b += 1;\n    case 2:\n      return b;\n  }\n  return 0;\n}\n",
    },
    { path: "lib/returns.ts", name: "TS7030", text: "export function a(b: boolean) {\n  if (b) return 1;\n}\n" },
    {
      path: "lib/overrides.ts",
      name: "TS4114",
      text: "class A {\n  run() {}\n}\nexport class B extends A {\n  run() {}\n}\n",
    },
    {
      path: "lib/verbatim.ts",
      name: "TS1484",
      text: `import { A } from "./named-type";\n\nexport const b = (a: A) => a;\n`,
    },
  ];

  it("names every planted finding", async () => {
    const folder = temporaryCheckout(["tsconfig.json"], {
      ...treeOf(plants),
      "lib/named-type.ts": "export type A = string;\n",
    });
    const { passes, output } = await runGate("tsc", ["--noEmit", "--incremental", "false"], folder);
    expect(passes).toBe(false);
    expect(
      unnamed(plants, output, ({ path, name }) => new RegExp(`^${escaped(path)}\\(.*error ${name}:`, "m")),
    ).toEqual([]);
  });
});
