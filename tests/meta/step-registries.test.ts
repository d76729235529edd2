import { describe, expect, it } from "vitest";
import { readRepositoryFiles, type TextFile } from "./repository-files";

const domainsWithWork = (files: readonly TextFile[]): readonly string[] =>
  files.flatMap(({ path, text }) => {
    const domain = /^server\/domains\/([^/]+)\//.exec(path)?.[1];
    return domain !== undefined && /=\s*defineWork[(<]/.test(text) ? [domain] : [];
  });

/**
 * Domains with declared work whose kill tests are not made from the whole list of it. What is made from the list cannot forget a step: the test
 * itself fails for a point that nothing died at.
 */
const unkilled = (domains: readonly string[], killTests: readonly TextFile[]): readonly string[] =>
  [...new Set(domains)].filter((domain) => {
    const imported = new RegExp(
      `import\\s*\\{[^}]*\\bwork(?:\\s+as\\s+(\\w+))?\\b[^}]*\\}\\s*from\\s*"@/server/domains/${domain}(?:/work)?"`,
    );
    return !killTests.some(({ text }) => {
      const found = imported.exec(text);
      const name = found && (found[1] ?? "work");
      const isWalked = name !== null && new RegExp(`\\.\\.\\.${name}\\b|\\b${name}\\.flatMap\\(`).test(text);
      return isWalked && /\bflatMap\(pointsOfWork\)/.test(text);
    });
  });

describe("the kill tests", () => {
  it("are made from all declared work of each domain", () => {
    const domains = domainsWithWork(readRepositoryFiles(/^server\/domains\/[^/]+\/.*\.ts$/));
    expect(domains).toEqual(expect.arrayContaining(["chain", "validators"]));
    expect(
      unkilled(domains, readRepositoryFiles(/^tests\/(?:support\/[^/]+|[^/]+\/integration)\/kill-[^/]+\.ts$/)),
    ).toEqual([]);
  });
});

describe("the rule", () => {
  const kill = (text: string) => [{ path: "tests/support/fog/kill-matrix.ts", text }];

  it("finds a domain that declares work", () => {
    const path = "server/domains/fog/work/run-job.ts";
    expect(domainsWithWork([{ path, text: "export const runJob = defineWork<Ports>()({});" }])).toEqual(["fog"]);
    expect(domainsWithWork([{ path, text: "import { defineWork } from ..." }])).toEqual([]);
  });

  it.each([
    ["no kill test at all", []],
    ["a list that is only imported", kill('import { work } from "@/server/domains/fog";')],
    ["a list of another domain", kill('import { work } from "@/server/domains/spot";\nwork.flatMap(pointsOfWork);')],
    [
      "a list that is imported beside another domain's that is walked",
      kill(
        'import { work as fogWork } from "@/server/domains/fog";\nimport { work } from "@/server/domains/spot";\nwork.flatMap(pointsOfWork);',
      ),
    ],
    ["points written by hand", kill('const points = pointsOf("fog.run-job", ["begin"]);')],
  ])("finds %s", (_, files) => {
    expect(unkilled(["fog"], files)).toEqual(["fog"]);
  });

  it("takes points that are made from the whole list", () => {
    const text = 'import { work } from "@/server/domains/fog/work";\nconst EVERY = work.flatMap(pointsOfWork);';
    expect(unkilled(["fog"], kill(text))).toEqual([]);
  });
});
