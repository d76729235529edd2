import { describe, expect, it } from "vitest";
import { type BadgeState, drawBadge } from "./draw-badge";

const badge = (over: Partial<Parameters<typeof drawBadge>[0]> = {}): string =>
  drawBadge({ name: "Lighthouse", state: "ok", word: "Signing", title: "Lighthouse: signing", ...over });

describe("a badge", () => {
  it("says name and word, and loads nothing", () => {
    const svg = badge();
    expect(svg).toContain(">Lighthouse</text>");
    expect(svg).toContain(">Signing</text>");
    expect(svg).toMatch(/<title>Lighthouse: signing<\/title>/);
    expect(svg).not.toMatch(/<script|href|url\((?!#)|@import|<foreignObject|<image/);
  });

  it.each(["</text><script>alert(1)</script>", '" onload="alert(1)', "a&b", "<!--", "]]>"])("escapes %j", (name) => {
    const svg = badge({ name, title: name });
    expect(svg).not.toContain(name);
    expect(svg).not.toMatch(/<script|<!--|onload="/);
  });

  it("has a shape of its own for each state that matters", () => {
    const states: readonly BadgeState[] = ["ok", "attention", "danger", "unknown"];
    const shapes = states.map((state) => badge({ state }).replace(/#[0-9a-f]{6}/g, ""));
    expect(new Set(shapes).size).toBe(states.length);
  });

  it("cuts a long name by its letters, never through one", () => {
    const svg = badge({ name: "\u{1f600}".repeat(40) });
    expect(svg).toContain(`>${"\u{1f600}".repeat(27)}…</text>`);
  });
});
