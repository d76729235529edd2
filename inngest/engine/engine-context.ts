import type { Logger } from "@/server/kernel/logger";
import type { Registry } from "./registry/registry";
import type { RetryPolicy } from "./scheduling/retry-delay";
import type { Sql } from "./state/database";

/** What can be set and what it is when it is not. All times in milliseconds, all sizes in bytes. */
export type EngineSettings = {
  readonly maxParallelCalls: number;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly drainMs: number;
  readonly callTimeoutMs: number;
  readonly retry: RetryPolicy;
  readonly maxEventBytes: number;
  readonly maxStepOutputBytes: number;
  readonly maxStepsPerRun: number;
  readonly keepFinishedRunsMs: number;
  readonly keepEventsMs: number;
};

/** What the parts of the engine share. `wake` asks the scheduler to look for work at once. */
export type EngineContext = {
  readonly sql: Sql;
  readonly registry: Registry;
  readonly logger: Logger;
  readonly settings: EngineSettings;
  readonly signingKey: string;
  /** Names this process among those that are, were or want to be the active engine. */
  readonly instanceId: string;
  now(): Date;
  newId(): string;
  wake(): void;
};
