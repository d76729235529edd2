import { describe, expect, it } from "vitest";
import { readRepositoryFiles, type TextFile } from "./repository-files";

const KINDS = {
  "biome-ignore": /biome-ignore(?:-all|-start)?\b/g,
  "eslint-disable": /eslint-disable/g,
  "ts-expect-error": /@ts-(?:expect-error|ignore|nocheck)/g,
  "double cast": /\bas unknown as\b/g,
} as const;
type Kind = keyof typeof KINDS;

/** Every place where a gate is told to look away, and why. A new one is a line here, for a reviewer to read. */
const ALLOWED: readonly { readonly path: string; readonly kind: Kind; readonly count: number; readonly why: string }[] =
  [
    {
      path: "components/log/log-row.tsx",
      kind: "biome-ignore",
      count: 1,
      why: "the parts of one text are told apart by place alone",
    },
    {
      path: "components/log/live-log.tsx",
      kind: "biome-ignore",
      count: 2,
      why: "what moves the end of the log is not what the effect reads; and a scrolling region takes the keyboard (WCAG 2.1.1)",
    },
    {
      path: "components/data-table/words-filter.tsx",
      kind: "biome-ignore",
      count: 1,
      why: "typing starts the wait, a new callback does not",
    },
    {
      path: "components/wallet/signing-messages.tsx",
      kind: "biome-ignore",
      count: 2,
      why: "two messages of one transaction may be equal and are told apart by place alone",
    },
    {
      path: "components/layout/use-theme.ts",
      kind: "biome-ignore",
      count: 1,
      why: "the Cookie Store API is not in every supported browser",
    },
    {
      path: "components/forms/wizard.tsx",
      kind: "biome-ignore",
      count: 1,
      why: "the heading takes the focus when the step changes, not at every render",
    },
    {
      path: "components/forms/danger-sheet.tsx",
      kind: "biome-ignore",
      count: 1,
      why: "a fixed list of sentences keeps its order",
    },
    {
      path: "server/adapters/docker/docker-api.ts",
      kind: "double cast",
      count: 1,
      why: "the published types of dockerode leave out the options that its methods take",
    },
    {
      path: "tests/support/http-client.ts",
      kind: "biome-ignore",
      count: 1,
      why: "tests read answers of every shape",
    },
    {
      path: "components/admin/setup-requests/setup-request-story.tsx",
      kind: "biome-ignore",
      count: 1,
      why: "a scrolling region takes the keyboard (WCAG 2.1.1)",
    },
    {
      path: "components/state/waterfall.tsx",
      kind: "biome-ignore",
      count: 1,
      why: "a region that scrolls sideways takes the keyboard (WCAG 2.1.1)",
    },
    {
      path: "components/log/node-log-lines.ts",
      kind: "biome-ignore",
      count: 1,
      why: "a terminal's colours begin with a control character",
    },
    {
      path: "tests/support/fakes/chain-node.ts",
      kind: "double cast",
      count: 1,
      why: "one wrapper passes the arguments of every method of the port on",
    },
  ];

const count = (text: string, kind: Kind): number => [...text.matchAll(KINDS[kind])].length;
const kinds = Object.keys(KINDS) as Kind[];

/** Places whose number of suppressions is not the allowed one, more and fewer alike. */
function differences(files: readonly TextFile[], allowed: typeof ALLOWED): string[] {
  const expected = new Map<string, number>(allowed.map((entry) => [`${entry.path} ${entry.kind}`, entry.count]));
  const found = new Map<string, number>(
    files.flatMap((file) =>
      kinds.map((kind) => [`${file.path} ${kind}`, count(file.text, kind)] as const).filter(([, number]) => number > 0),
    ),
  );
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((key) => expected.get(key) !== found.get(key))
    .map((key) => `${key}: ${found.get(key) ?? 0} found, ${expected.get(key) ?? 0} allowed`);
}

/** Suppressions that do not say why where they stand. */
const withoutReason = (files: readonly TextFile[]): string[] =>
  files.flatMap((file) =>
    [...file.text.matchAll(/biome-ignore\S* [^\n:]*(:?)\s*([^\n]*)/g)]
      .filter(([, colon, reason = ""]) => colon === "" || reason.length < 10)
      .map(([line]) => `${file.path}: ${line}`),
  );

const SOURCES = /^(?!tests\/meta\/).*\.(ts|tsx|mjs|mts|cjs|css|json)$/;

describe("suppressions", () => {
  const files = readRepositoryFiles(SOURCES);

  it("are those that the list gives a reason for", () => {
    expect(files.length).toBeGreaterThan(300);
    expect(differences(files, ALLOWED)).toEqual([]);
  });

  it("say why where they stand", () => {
    expect(withoutReason(files)).toEqual([]);
  });
});

describe("the rule", () => {
  it.each([
    ["a lint suppression", "// biome-ignore lint/suspicious/noExplicitAny: the reason is here"],
    ["an ESLint suppression", "// eslint-disable-next-line no-misused-promises"],
    ["a type suppression", "// @ts-expect-error because"],
    ["a switched-off file", "// @ts-nocheck"],
    ["a cast through unknown", "const x = y as unknown as Z;"],
  ])("finds %s that is not listed", (_, text) => {
    expect(differences([{ path: "a.ts", text }], [])).toHaveLength(1);
  });

  it("finds an entry of the list that has gone", () => {
    expect(differences([], [{ path: "a.ts", kind: "double cast", count: 1, why: "x" }])).toHaveLength(1);
  });

  it.each(["// biome-ignore lint/a/b", "// biome-ignore lint/a/b: no"])("finds %j, which gives no reason", (text) => {
    expect(withoutReason([{ path: "a.ts", text }])).toHaveLength(1);
  });
});
