import { describe, expect, it } from "vitest";
import * as constants from "@/server/domains/validators/constants";
import { readRepositoryFiles, type TextFile } from "./repository-files";

const DOMAIN = "@/server/domains/validators";

/** The step registries by name: every exported list whose items have an id and a sentence. */
const registries = Object.entries(constants)
  .filter(([name, value]) => name.endsWith("_STEPS") && Array.isArray(value))
  .map(([name]) => name);

/** Registries that no kill test takes from the domain and goes through item by item. */
const unkilled = (names: readonly string[], killTests: readonly TextFile[]) =>
  names.filter((name) => {
    const walked = new RegExp(
      `(?:of|each\\()\\s*${name}\\b|\\b${name}\\s*\\.(?:map|flatMap|filter|forEach|entries)\\(`,
    );
    return !killTests.some(
      ({ text }) =>
        new RegExp(`import\\s*\\{[^}]*\\b${name}\\b[^}]*\\}\\s*from\\s*"${DOMAIN}[^"]*"`).test(text) &&
        walked.test(text),
    );
  });

describe("the kill tests", () => {
  it("are generated from every step registry, so that a new step cannot be forgotten", () => {
    expect(registries.sort()).toEqual(["NODE_OPERATION_STEPS", "PROVISION_STEPS", "RELEASE_STEPS"]);
    expect(unkilled(registries, readRepositoryFiles(/^tests\/support\/validators\/kill-[^/]+\.ts$/))).toEqual([]);
  });
});

describe("the rule", () => {
  const kill = (text: string) => [{ path: "tests/support/validators/kill-a.ts", text }];

  it.each([
    ["no kill test at all", []],
    ["a registry that is only imported", kill(`import { A_STEPS } from "${DOMAIN}/constants";`)],
    ["a list written by hand", kill('const A_STEPS = ["reserve"];\nit.each(A_STEPS)("x", () => {});')],
  ])("finds %s", (_, files) => {
    expect(unkilled(["A_STEPS"], files)).toEqual(["A_STEPS"]);
  });

  it.each(["it.each(A_STEPS)", "for (const step of A_STEPS)", "A_STEPS.flatMap((step) => step)"])(
    "takes %s",
    (walk) => {
      expect(unkilled(["A_STEPS"], kill(`import { A_STEPS } from "${DOMAIN}";\n${walk}`))).toEqual([]);
    },
  );
});
