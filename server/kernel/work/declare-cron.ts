import type { ServiceCtx } from "../context";

/** One step of what is done by the clock; safe to repeat, since the next tick does it again. */
type CronStep<Ports> = {
  readonly id: string;
  /** What it does, as an operator reads it among the steps of a run. */
  readonly title: string;
  run(ctx: ServiceCtx<Ports>): Promise<unknown>;
};

/** What a domain does by the clock, besides the sweeps of its declared work. */
export type Cron<Ports = unknown> = {
  /** `domain.verb`, the name of the durable function. */
  readonly id: string;
  /** Five fields of a crontab, in UTC. */
  readonly every: string;
  /** How often a failed step is tried again; 0 where the next tick is soon enough. */
  readonly retries: 0 | 3;
  readonly steps: readonly CronStep<Ports>[];
};
