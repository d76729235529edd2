import { describe, expect, it } from "vitest";
import { MAX_NAME_LENGTH, MAX_SLUG_LENGTH } from "../constants";
import { OrganizationSlug } from "../schemas";
import { slugCandidates, slugOf } from "./organization-slug";

const firstOf = (organization: Parameters<typeof slugCandidates>[0], count: number): string[] => {
  const candidates = slugCandidates(organization);
  return Array.from({ length: count }, () => candidates.next().value ?? "");
};

describe("an organisation's name in addresses", () => {
  it.each([
    ["Acme Validators", "acme-validators"],
    ["  Été & Söhne  ", "ete-sohne"],
    ["--x--", "x"],
    ["日本", ""],
    ["…", ""],
  ])("of %j is %j", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it("is the team's name first, then the name with a suffix; of a name without letters it is a word", () => {
    const [first, second] = firstOf({ name: "Acme", kind: "team" }, 2);
    expect(first).toBe("acme");
    expect(second).toMatch(/^acme-[0-9a-z]{6}$/);
    expect(firstOf({ name: "日本", kind: "team" }, 1)).toEqual(["team"]);
  });

  it("tells nothing of a person", () => {
    expect(firstOf({ name: "omni1qqqq…zzzz", kind: "personal" }, 1)[0]).toMatch(/^personal-[0-9a-z]{6}$/);
  });

  it("is always one that is taken in an address", () => {
    const names = ["Acme", "a".repeat(MAX_NAME_LENGTH), "- a -".repeat(16), "日本"];
    const all = names.flatMap((name) => firstOf({ name, kind: "team" }, 3));
    expect(all.filter((slug) => !OrganizationSlug.safeParse(slug).success)).toEqual([]);
    expect(all.every((slug) => slug.length <= MAX_SLUG_LENGTH)).toBe(true);
  });
});
