import type { Expression } from "../expression";
import type { CronSchedule } from "../scheduling/cron";
import type { ThrottleRule } from "../scheduling/throttle";

/** An expression with the text that it was read from. */
export type CompiledExpression = { readonly source: string; readonly expression: Expression };

/** What starts a function. */
export type FunctionTrigger =
  | { readonly kind: "event"; readonly event: string; readonly condition: CompiledExpression | undefined }
  | { readonly kind: "cron"; readonly schedule: CronSchedule };

/** At most `limit` calls at once among those that share the key within the scope. */
export type ConcurrencyRule = {
  readonly limit: number;
  readonly scope: "fn" | "env" | "account";
  readonly key: CompiledExpression | undefined;
};

/** An event that ends active runs for which the condition holds (`event` started the run, `async` is the new one). */
export type CancelRule = {
  readonly event: string;
  readonly condition: CompiledExpression | undefined;
  readonly timeout: string | undefined;
};

/** A registered function with everything that the engine needs to schedule it. Durations are in milliseconds. */
export type FunctionConfig = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly maxAttempts: number;
  readonly triggers: readonly FunctionTrigger[];
  readonly concurrency: readonly ConcurrencyRule[];
  readonly cancelOn: readonly CancelRule[];
  readonly idempotency: CompiledExpression | undefined;
  readonly priority: CompiledExpression | undefined;
  readonly debounce:
    | {
        readonly periodMs: number;
        readonly timeoutMs: number | undefined;
        readonly key: CompiledExpression | undefined;
      }
    | undefined;
  readonly rateLimit:
    | { readonly limit: number; readonly periodMs: number; readonly key: CompiledExpression | undefined }
    | undefined;
  readonly throttle: { readonly rule: ThrottleRule; readonly key: CompiledExpression | undefined } | undefined;
  readonly startTimeoutMs: number | undefined;
  readonly finishTimeoutMs: number | undefined;
};
