import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { BlockCell } from "./block-grid-layout";
import { BlockStrip } from "./block-strip";

const blocks: BlockCell[] = [
  { heightBlocks: 8, state: "absent" },
  { heightBlocks: 9, state: "missed" },
  { heightBlocks: 11, state: "signed" },
];

describe("BlockStrip", () => {
  const markup = renderToStaticMarkup(<BlockStrip label="Last blocks of eu-1" blocks={blocks} capacity={4} />);

  it("tells in words what it draws, and says misses aloud", () => {
    expect(markup).toContain('aria-label="Last blocks of eu-1: 1 signed, 1 missed, 1 not in the set, 1 not read"');
    expect(markup).toContain("1 missed</span>");
  });

  it("has the newest block at the right, and a height that nobody gave as an outline, not as a block", () => {
    expect(markup).toContain('d="M12 0h3v16h-3z" class="fill-ok-cell"');
    expect(markup).toContain('d="M8.5 .5h2v15h-2z" class="fill-none stroke-unknown-mark"');
  });

  it("stands at the right while a chain is young", () => {
    const young = renderToStaticMarkup(
      <BlockStrip label="Young" blocks={[{ heightBlocks: 1, state: "signed" }]} capacity={4} />,
    );
    expect(young).toContain('d="M12 0h3v16h-3z"');
    expect(young).not.toContain("missed");
  });
});
