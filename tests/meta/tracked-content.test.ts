import { describe, expect, it } from "vitest";
import { at, readRepositoryFiles, type TextFile } from "./repository-files";

/** What a clone must not carry: secrets, places of one machine, hosts of one network. */
const FORBIDDEN: readonly { readonly name: string; readonly pattern: RegExp; readonly allowed?: RegExp }[] = [
  { name: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g },
  { name: "a cloud's access key", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  {
    name: "a forge's token",
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20})\b/g,
  },
  { name: "a payment key", pattern: /\b[sr]k_live_[A-Za-z0-9]{16,}/g },
  { name: "a chat token", pattern: /\bxox[baprs]-[A-Za-z0-9-]{10,}/g },
  { name: "a registry's token", pattern: /_authToken\s*=|\bnpm_[A-Za-z0-9]{36}\b/g },
  {
    name: "a place of one machine",
    pattern: /(?<![\w.$}])\/(?:root|home\/[a-z]+|Users\/[A-Za-z]+|work|mnt|farm)\/[\w.-]+/g,
  },
  {
    name: "a registry's host",
    pattern: /"resolved":\s*"https?:\/\/[^/"]+/g,
    allowed: /^"resolved":\s*"https:\/\/registry\.npmjs\.org$/,
  },
  { name: "a registry's host", pattern: /^\s*(?:@[\w-]+:)?registry\s*=.*/gm },
  { name: "a Go proxy", pattern: /\bGOPROXY\s*[=:]\s*["']?https?:/g },
];

const findings = (files: readonly TextFile[]): string[] =>
  files.flatMap((file) =>
    FORBIDDEN.flatMap(({ name, pattern, allowed }) =>
      [...file.text.matchAll(pattern)]
        .filter((match) => allowed?.test(match[0]) !== true)
        .map((match) => at(file, match.index, `${name}: ${match[0]}`)),
    ),
  );

describe("what a clone carries", () => {
  it("has no secret, no place of one machine and no host of one network", () => {
    const files = readRepositoryFiles(/^(?!tests\/meta\/tracked-content)/);
    expect(files.length).toBeGreaterThan(400);
    expect(findings(files)).toEqual([]);
  });
});

describe("the rule", () => {
  it.each([
    ["-----BEGIN", " OPENSSH PRIVATE KEY-----"],
    ["AKIA", "ABCDEFGHIJKLMNOP"],
    ["ghp_", "abcdefghijklmnopqrstuvwxyz0123456789"],
    ["sk_live_", "abcdefghijklmnop"],
    ["//host/:_authToken", "=abc"],
    ["see /root", "/notes.txt"],
    ["cd /home", "/ann/omniphi"],
    ['"/work', '/main/x"'],
    ['"resolved": "http://', 'mirror.internal:4873/x.tgz"'],
    ["registry", "=https://mirror.internal"],
    ["GOPROXY", "=https://mirror.internal"],
  ])("finds %s%s", (before, after) => {
    expect(findings([{ path: "a", text: before + after }])).toHaveLength(1);
  });

  it.each(['"resolved": "https://registry.npmjs.org/x.tgz"', "app/root/page", "join(home, '/root')"])(
    "leaves %s alone",
    (text) => {
      expect(findings([{ path: "a", text }])).toEqual([]);
    },
  );
});
