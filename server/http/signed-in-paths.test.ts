import { describe, expect, it } from "vitest";
import { needsSignIn, organizationOfPath, safeNextPath } from "./signed-in-paths";

describe("where to go after signing in", () => {
  it.each(["/validators", "/app?tab=keys#x", "/a/b-c_d/~x"])("is a path of ours: %s", (path) => {
    expect(safeNextPath(path, "/home")).toBe(path);
  });
  it.each([
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n//evil.test",
    "javascript:alert(1)",
    "evil.test",
    "",
    null,
    undefined,
  ])("is home for %j", (path) => {
    expect(safeNextPath(path, "/home")).toBe("/home");
  });
});

describe("the organisation of a page", () => {
  it.each([
    ["/o/acme", "acme"],
    ["/o/acme/validators/val_1", "acme"],
    ["/o", null],
    ["/o/", null],
    ["/other/acme", null],
    ["/validators", null],
  ])("of %s is %s", (path, slug) => {
    expect(organizationOfPath(path)).toBe(slug);
  });
});

describe("pages that need a session", () => {
  it("are whole segments", () => {
    expect([needsSignIn("/validators"), needsSignIn("/validators/x"), needsSignIn("/validators-guide")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
