import type { InngestFunction } from "inngest";
import { type Bench, work } from "./bench";

/** A function that many events start, and what its steps saw of each other. */
export type Crowd = {
  readonly fn: InngestFunction.Any;
  /** The most steps that ran at once. */
  mostAtOnce(): number;
  /** How often the step of each event ran, by the event's number. */
  timesRun(): ReadonlyMap<number, number>;
  /** Sends the events 0 to `count - 1`. */
  send(count: number): Promise<void>;
};

const eventsPerRequest = 100;

/** Makes a function whose runs may be at most `limit` at once and whose one step takes `stepMs`; each run notes `crowd` as it ends. */
export function createCrowd(bench: Bench, limit: number, stepMs: number): Crowd {
  let inside = 0;
  let most = 0;
  const times = new Map<number, number>();
  const fn = bench.client.createFunction(
    { id: "crowd", retries: 3, concurrency: [{ limit }], triggers: { event: bench.event("crowd") } },
    async ({ event, step }) => {
      const n = Number(event.data.n);
      await step.run("step", async () => {
        inside += 1;
        most = Math.max(most, inside);
        times.set(n, (times.get(n) ?? 0) + 1);
        await work(stepMs);
        inside -= 1;
      });
      bench.note("crowd", n);
    },
  );
  return {
    fn,
    mostAtOnce: () => most,
    timesRun: () => times,
    send: async (count) => {
      for (let first = 0; first < count; first += eventsPerRequest) {
        const events = Array.from({ length: Math.min(eventsPerRequest, count - first) }, (_, index) => ({
          name: bench.event("crowd"),
          data: { n: first + index },
        }));
        await bench.client.send(events);
      }
    },
  };
}
