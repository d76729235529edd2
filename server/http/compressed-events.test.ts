import { constants, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { gzipEncoder, takesGzip } from "./compressed-events";

const read = (chunks: readonly Uint8Array[]): string =>
  gunzipSync(Buffer.concat(chunks), { finishFlush: constants.Z_SYNC_FLUSH }).toString();

describe("compressed events", () => {
  it("can be read as soon as each was written, however large it is", async () => {
    const encoder = gzipEncoder();
    // Digits that do not repeat, so that much of it is left after compression.
    const large = Array.from({ length: 60_000 }, (_, place) => Math.imul(place, 2654435761) >>> 0).join(",");
    const chunks = [await encoder.encode("first\n")];
    expect(read(chunks)).toBe("first\n");
    chunks.push(await encoder.encode(large));
    expect(read(chunks)).toBe(`first\n${large}`);
    chunks.push(await encoder.encode("last"));
    expect(read(chunks)).toBe(`first\n${large}last`);
    encoder.close();
  });

  it("cost a fraction once they resemble one another", async () => {
    const encoder = gzipEncoder();
    const event = (height: number) =>
      `event: change\ndata: {"topic":0,"base":"x${height}","patch":[["shift",["cells"],1,[{"heightBlocks":${height},"state":"signed","at":"2026-01-01T00:00:00.000Z"}]]]}\n\n`;
    for (let height = 0; height < 5; height += 1) await encoder.encode(event(height));
    expect((await encoder.encode(event(5))).length).toBeLessThan(event(5).length / 3);
    encoder.close();
  });
});

it.each([
  ["gzip", true],
  ["br, gzip;q=0.5", true],
  ["gzip;q=0", false],
  ["identity", false],
  ["", false],
])("a client that takes %j takes gzip: %s", (accepted, expected) => {
  expect(takesGzip(new Headers({ "accept-encoding": accepted }))).toBe(expected);
});
