import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathSegment } from "./path-segment";

describe("a segment of a page's address", () => {
  it("is read as it was meant, and leads nowhere where its escapes are no text", () => {
    expect(pathSegment("omniphi%2Dlocal")).toBe("omniphi-local");
    for (const raw of ["%", "%ff", "%E0%A4%A"]) {
      expect(() => pathSegment(raw)).toThrow(expect.objectContaining({ digest: expect.stringMatching(/;404$/) }));
    }
  });

  it("is decoded by no page in another way, which would fail on what anybody can type", () => {
    const pages = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
    const others = pages.filter(
      (path) =>
        path !== "path-segment.ts" &&
        !path.endsWith(".test.ts") &&
        readFileSync(join("app", path), "utf8").includes("decodeURIComponent("),
    );
    expect(others).toEqual([]);
  });
});
