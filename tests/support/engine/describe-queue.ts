import { afterAll, describe, expect, it } from "vitest";
import { openEngineBench } from "./bench";
import { openChildBench } from "./child-engines";
import { createCrowd } from "./crowd";
import { awaitEnded } from "./runs";

const limit = 10;

/** How many runs wait, and after how many ends the engine is stopped, or killed. */
type Queue = { readonly count: number; readonly stopsAfter: readonly number[] };

/** The embedded engine only: it is stopped, and killed, while many runs wait. */
export async function describeQueue({ count, stopsAfter }: Queue): Promise<void> {
  const stopped = await openEngineBench("stopped");
  const killed = await openChildBench("killed", 1);
  afterAll(() => Promise.all([stopped.close(), killed.close()]));

  /** Every run is there once and completed; none is queued, running or failed. */
  const expectAllCompleted = async (sql: typeof stopped.sql): Promise<void> => {
    const [row] = await sql<{ function_id: string }[]>`select distinct function_id from inngest_engine.runs`;
    const runs = await awaitEnded(sql, row?.function_id ?? "", count, 200_000);
    expect(runs).toHaveLength(count);
    expect(runs.filter((run) => run.status !== "completed")).toEqual([]);
  };

  describe(`${count} queued runs`, () => {
    it("are each run once when the engine is stopped and started in the middle", { timeout: 300_000 }, async () => {
      const crowd = createCrowd(stopped, limit, 5);
      await stopped.serve([crowd.fn]);
      await crowd.send(count);
      for (const ended of stopsAfter) {
        await stopped.awaitSeen("crowd", ended, 100_000);
        await stopped.stopEngine();
        expect(stopped.seen("crowd").length).toBeLessThan(count);
        await stopped.startEngine();
      }
      await stopped.awaitSeen("crowd", count, 200_000);
      await expectAllCompleted(stopped.sql);
      expect(stopped.seen("crowd")).toHaveLength(count);
      expect([...crowd.timesRun().values()].filter((times) => times !== 1)).toEqual([]);
      expect(crowd.mostAtOnce()).toBeLessThanOrEqual(limit);
    });

    it("all end, each once, when the engine is killed in the middle, and only what it was calling is repeated", {
      timeout: 300_000,
    }, async () => {
      const crowd = createCrowd(killed, limit, 5);
      await killed.serve([crowd.fn]);
      await crowd.send(count);
      for (const ended of stopsAfter) {
        await killed.awaitSeen("crowd", ended, 100_000);
        await killed.engines[0]?.kill();
        expect(new Set(killed.seen("crowd").map((one) => one.data)).size).toBeLessThan(count);
        await killed.engines[0]?.start();
      }
      await expectAllCompleted(killed.sql);
      expect(crowd.timesRun().size).toBe(count);
      const repeated = [...crowd.timesRun().values()].reduce((sum, times) => sum + times - 1, 0);
      expect(repeated).toBeLessThanOrEqual(limit * stopsAfter.length);
      expect(crowd.mostAtOnce()).toBeLessThanOrEqual(limit);
    });
  });
}
