import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BlockGrid } from "./block-grid";
import type { BlockCell } from "./block-grid-layout";

const blocks: BlockCell[] = [
  { heightBlocks: 8, state: "signed", at: "2026-01-10T12:00:00Z" },
  { heightBlocks: 9, state: "missed", at: "2026-01-10T12:00:01Z" },
  { heightBlocks: 11, state: "signed", at: "2026-01-10T12:00:03Z" },
];

describe("BlockGrid", () => {
  it("tells a reader that sees no picture what the picture shows", () => {
    const markup = renderToStaticMarkup(<BlockGrid label="Last 10 blocks of eu-1" blocks={blocks} capacity={10} />);
    expect(markup).toContain("10 blocks: 2 signed, 1 missed, 7 not read.");
    expect(markup).toContain('role="slider"');
    expect(markup).toContain('aria-label="Last 10 blocks of eu-1"');
    expect(markup).toContain('aria-valuetext="Block 11, signed"');
  });

  it("says that nothing has been read, instead of drawing an empty grid", () => {
    const markup = renderToStaticMarkup(<BlockGrid label="Blocks" blocks={[]} capacity={200} />);
    expect(markup).toContain("No block has been read yet.");
    expect(markup).not.toContain("<svg");
  });
});
