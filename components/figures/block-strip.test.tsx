import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BlockStrip } from "./block-strip";

describe("BlockStrip", () => {
  const markup = renderToStaticMarkup(
    <BlockStrip
      label="Last blocks of eu-1"
      states={["signed", "absent", "missed", "unknown", "signed"]}
      capacity={4}
    />,
  );

  it("tells in words what it draws, and says misses aloud", () => {
    expect(markup).toContain('aria-label="Last blocks of eu-1: 1 signed, 1 missed, 1 not in the set, 1 not read"');
    expect(markup).toContain("1 missed</span>");
  });

  it("has the newest block at the right, and each state in a shape of its own", () => {
    expect(markup).toContain('d="M12 0h3v16h-3z" class="fill-ok-cell"');
    expect(markup).toContain('d="M4 0h3v5h-3zM4 11h3v5h-3z" class="fill-danger-mark"');
    expect(markup).toContain('d="M0 7h3v2h-3z" class="fill-unknown-mark"');
    expect(markup).toMatch(/d="M8 0h3v16h-3z" fill="url\(#.+-hatch\)"/);
  });

  it("stands at the right while a chain is young", () => {
    const young = renderToStaticMarkup(<BlockStrip label="Young" states={["signed"]} capacity={4} />);
    expect(young).toContain('d="M12 0h3v16h-3z"');
    expect(young).not.toContain("missed");
  });
});
