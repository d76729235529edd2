import { describe, expect, it } from "vitest";
import { requiredFiles } from "../../tools/new-domain/domain-files.mjs";
import { listRepositoryFiles, readRepositoryFiles, type TextFile } from "./repository-files";

const domainsIn = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths.map((path) => /^server\/domains\/([^/]+)\//.exec(path)?.[1]))].filter((name) => name !== undefined);

/** A domain of areas has a repository in each of them instead of one beside its index. */
const REPOSITORY_OF_AREA = /^(server\/domains\/[^/]+)\/[^/]+\/repository\.ts$/;

const missingFiles = (paths: readonly string[]): readonly string[] => {
  const present = new Set(paths.flatMap((path) => [path, path.replace(REPOSITORY_OF_AREA, "$1/repository.ts")]));
  return domainsIn(paths).flatMap((domain) => requiredFiles(domain).filter((path) => !present.has(path)));
};

/** What a file of that name must say in every domain, and how a reader would put it. */
const CONTENTS: readonly { readonly path: RegExp; readonly pattern: RegExp; readonly says: string }[] = [
  { path: /\/index\.ts$/, pattern: /^import "server-only";$/m, says: "is refused by the bundler in a browser" },
  { path: /\/repository\.ts$/, pattern: /^import "server-only";$/m, says: "is refused by the bundler in a browser" },
  { path: /\/README\.md$/, pattern: /\bOwns `/, says: "names the tables that the domain owns" },
  { path: /\/README\.md$/, pattern: /Events in: /, says: "names the events that come in" },
  { path: /\/README\.md$/, pattern: /Events out: /, says: "names the events that go out" },
  { path: /\/README\.md$/, pattern: /Tier \d: (?:may import|imports no) /, says: "names its tier" },
];
const README_LINES = { min: 8, max: 80 };

function contentFindings(files: readonly TextFile[]): string[] {
  const missing = files.flatMap((file) =>
    CONTENTS.filter(({ path, pattern }) => path.test(file.path) && !pattern.test(file.text)).map(
      ({ says }) => `${file.path} must say that it ${says}`,
    ),
  );
  const lengths = files
    .filter((file) => file.path.endsWith("/README.md"))
    .map((file) => ({ path: file.path, lines: file.text.split("\n").length }))
    .filter(({ lines }) => lines < README_LINES.min || lines > README_LINES.max)
    .map(
      ({ path, lines }) => `${path} has ${lines} lines; a page of ${README_LINES.min} to ${README_LINES.max} is read`,
    );
  return [...missing, ...lengths];
}

/** Whether the comment of the constant that begins last says `@bareCode` with a reason. */
const isBareForAReason = (before: string): boolean => /@bareCode \S[^\n]{9,}\*\/\nexport const [^;]*$/.test(before);

/** Codes are `<domain>.<reason>`, so that the code alone says who to ask. */
function codeFindings(files: readonly TextFile[]): string[] {
  const constructors =
    /\b(?:invalid|unauthenticated|paymentRequired|forbidden|notFound|conflict|invalidState|staleVersion|limitExceeded|rateLimited|upstreamRejected|upstreamUnavailable|timedOut)\(\s*"([^"]*)"/g;
  return files.flatMap((file) => {
    const domain = /^server\/domains\/([^/]+)\//.exec(file.path)?.[1] ?? "";
    return [...file.text.matchAll(constructors)]
      .filter(({ index }) => !isBareForAReason(file.text.slice(0, index)))
      .map(([, code = ""]) => code)
      .filter((code) => !new RegExp(`^(${domain}|auth)\\.[a-z][a-z0-9_]*$`).test(code))
      .map((code) => `${file.path} makes the code "${code}"; it should begin with "${domain}."`);
  });
}

const inDomains = readRepositoryFiles(/^server\/domains\//);

describe("every domain", () => {
  it("has the files by which it is found", () => {
    const paths = listRepositoryFiles();
    expect(domainsIn(paths)).toEqual(expect.arrayContaining(["chain", "identity", "regions", "validators"]));
    expect(missingFiles(paths)).toEqual([]);
  });

  it("says in them what a newcomer looks for", () => {
    expect(contentFindings(inDomains)).toEqual([]);
  });

  it("signs its errors with its name", () => {
    expect(codeFindings(inDomains)).toEqual([]);
  });
});

describe("the rule", () => {
  it("finds each missing file", () => {
    const complete = requiredFiles("fog");
    expect(missingFiles(complete)).toEqual([]);
    for (const path of complete) {
      const rest = [...complete, "server/domains/fog/verb.ts"].filter((other) => other !== path);
      expect(missingFiles(rest)).toEqual([path]);
    }
  });

  it("takes the repository of an area for the domain's, and no other file of one", () => {
    const areas = requiredFiles("fog").map((path) => path.replace(/(repository|errors)\.ts$/, "banks/$1.ts"));
    expect(missingFiles(areas)).toEqual(["server/domains/fog/errors.ts"]);
  });

  it("finds an index that a browser could load, and a README that leaves its reader alone", () => {
    expect(contentFindings([{ path: "server/domains/fog/index.ts", text: "export {};" }])).toHaveLength(1);
    expect(contentFindings([{ path: "server/domains/fog/README.md", text: "# fog" }])).toHaveLength(5);
  });

  it.each(["fog_full", "spot.full", "fog.Full", "fog."])("finds the code %j in a domain named fog", (code) => {
    const text = `export const full = () =>\n  conflict(\n    "${code}", "x");`;
    const path = "server/domains/fog/errors.ts";
    expect(codeFindings([{ path, text }])).toHaveLength(1);
    expect(codeFindings([{ path, text: `/** Full. @bareCode older than the rule */\n${text}` }])).toEqual([]);
    expect(codeFindings([{ path, text: `/** Full. @bareCode */\n${text}` }])).toHaveLength(1);
    expect(
      codeFindings([{ path, text: `/** Of another. @bareCode older than the rule */\nexport const x = 1;\n${text}` }]),
    ).toHaveLength(1);
  });
});
