import { describe, expect, it } from "vitest";
import { RULES } from "@/server/domains/monitoring/constants";
import { readRepositoryFiles } from "./repository-files";

const pages = new Map(
  readRepositoryFiles(/^runbooks\/[^/]+\.md$/)
    .filter(({ path }) => !path.endsWith("README.md"))
    .map(({ path, text }) => [path.replace(/^runbooks\/|\.md$/g, ""), text]),
);

/** Targets of links that lead to no page; an address of the web is somebody else's. */
const deadLinks = (text: string, slugs: ReadonlySet<string>): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = ""]) =>
    /^https?:/.test(target) || (target.endsWith(".md") && slugs.has(target.slice(0, -3))) ? [] : [target],
  );

describe("runbooks", () => {
  it("has a page for each rule, and none that no rule leads to", () => {
    expect([...new Set(RULES.map(({ runbook }) => runbook))].sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...pages])("%s says symptoms, checks, actions, rollback and comms", (_slug, text) => {
    expect(text).toMatch(/^# \S/);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      "Symptoms",
      "Checks",
      "Actions",
      "Rollback",
      "Comms",
    ]);
  });

  it.each([...pages])("%s links to pages that are there", (_slug, text) => {
    expect(deadLinks(text, new Set(pages.keys()))).toEqual([]);
  });
});

describe("the rule", () => {
  it("finds a link to nowhere", () => {
    expect(deadLinks("see [this](gone.md), [that](here.md), [out](https://example.org)", new Set(["here"]))).toEqual([
      "gone.md",
    ]);
  });
});
