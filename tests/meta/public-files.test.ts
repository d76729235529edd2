import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DRAWINGS } from "../../tools/icons/drawings.mjs";

/** Width and height of a PNG, from its header (PNG specification 3, 11.2.1). */
function pngSize(path: string): { width: number; height: number } {
  const bytes = readFileSync(path);
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

describe("public files", () => {
  it.each(DRAWINGS.map(({ path, width, height }) => [path, width, height] as const))(
    "have %s as it is drawn, %d by %d",
    (path, width, height) => {
      expect(pngSize(`public/${path}`)).toEqual({ width, height });
    },
  );

  it("name in the manifest only icons that are there, in their size", () => {
    const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8")) as {
      icons: { src: string; sizes: string }[];
    };
    expect(manifest.icons.length).toBeGreaterThan(1);
    for (const { src, sizes } of manifest.icons) {
      const { width, height } = pngSize(`public${src}`);
      expect(`${width}x${height}`).toBe(sizes);
    }
  });
});
