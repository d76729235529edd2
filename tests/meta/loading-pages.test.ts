import { describe, expect, it } from "vitest";
import { readRepositoryFiles } from "./repository-files";

/** A page that shows something; one that only leads elsewhere has nothing to wait for. */
const showsSomething = (text: string): boolean => !/Promise<never>|\): never|notFound\(\);?\s*\}\s*$/.test(text);

/** Pages of the portal without a skeleton beside them. */
const withoutLoading = (files: readonly { path: string; text: string }[]): string[] => {
  const paths = new Set(files.map(({ path }) => path));
  return files
    .filter(({ path, text }) => path.endsWith("/page.tsx") && showsSomething(text))
    .map(({ path }) => path)
    .filter((path) => !paths.has(path.replace(/page\.tsx$/, "loading.tsx")));
};

describe("pages of the portal", () => {
  it("have a skeleton each, so that a click is answered at once", () => {
    const files = readRepositoryFiles(/^app\/(o\/\[organization\]|\(account\)|\(admin\))\/.*\.tsx$/);
    expect(files.filter(({ path }) => path.endsWith("/page.tsx")).length).toBeGreaterThan(15);
    expect(withoutLoading(files)).toEqual([]);
  });

  it("are found where one has none", () => {
    const page = { path: "app/o/[organization]/fog/page.tsx", text: "export default function Fog() {}" };
    expect(withoutLoading([page])).toEqual([page.path]);
    expect(withoutLoading([page, { path: "app/o/[organization]/fog/loading.tsx", text: "" }])).toEqual([]);
    expect(withoutLoading([{ ...page, text: "export default function Fog(): never {}" }])).toEqual([]);
  });
});
