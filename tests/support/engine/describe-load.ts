import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataOf, openBench } from "./bench";
import { createCrowd } from "./crowd";

const limit = 10;

/** So many runs of one function queued at once, on whichever server is configured. */
export async function describeLoad(count: number): Promise<void> {
  const bench = await openBench("load");
  const crowd = createCrowd(bench, limit, 5);
  beforeAll(() => bench.serve([crowd.fn]));
  afterAll(() => bench.close());

  describe(`${count} queued runs`, () => {
    it("all end, each step once, and never more at once than the limit", { timeout: 240_000 }, async () => {
      await crowd.send(count);
      const ended = dataOf(await bench.awaitSeen("crowd", count, 200_000));
      expect(new Set(ended).size).toBe(count);
      expect(ended).toHaveLength(count);
      expect([...crowd.timesRun().values()].filter((times) => times !== 1)).toEqual([]);
      expect(crowd.mostAtOnce()).toBeLessThanOrEqual(limit);
      expect(crowd.mostAtOnce()).toBeGreaterThan(1);
    });
  });
}
