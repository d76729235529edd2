import { describe, expect, it } from "vitest";
import { firstFile, parseTarHeader, tarChunks } from "./tar";

const pack = (...entries: Parameters<typeof tarChunks>[0]) => Buffer.concat([...tarChunks(entries)]);

describe("tar", () => {
  it.each([0, 1, 511, 512, 513, 1 << 20, (1 << 20) + 1])(
    "gives back a file of %i bytes, its path and its mode",
    (size) => {
      const bytes = Buffer.alloc(size, "x");
      const archive = pack(
        { path: "home/", mode: 0o700, uid: 1000, gid: 1000 },
        { path: "home/file", mode: 0o640, uid: 1000, gid: 1000, bytes },
      );
      expect(archive.length % 512).toBe(0);
      const found = firstFile(archive);
      expect(found).toMatchObject({ path: "home/file", mode: 0o640, sizeBytes: size });
      expect(found?.bytes.equals(bytes)).toBe(true);
    },
  );

  it("finds nothing in an archive of directories", () => {
    expect(firstFile(pack({ path: "tmp/", mode: 0o777, uid: 0, gid: 0 }))).toBeNull();
  });

  it("notices a header that was changed and an archive that was cut", () => {
    const archive = pack({ path: "a", mode: 0o600, uid: 0, gid: 0, bytes: Buffer.alloc(2_000) });
    expect(() => firstFile(archive.subarray(0, 1_024))).toThrow("cut");
    archive[0] = 98;
    expect(() => parseTarHeader(archive.subarray(0, 512))).toThrow("checksum");
  });

  it("refuses a path that a header cannot hold", () => {
    expect(() => pack({ path: "p".repeat(101), mode: 0, uid: 0, gid: 0 })).toThrow("too long");
  });
});
