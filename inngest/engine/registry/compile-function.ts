import { ExpressionError, parseExpression } from "../expression";
import { parseCron } from "../scheduling/cron";
import { parseDueTime, parseDuration } from "../scheduling/duration";
import type { CompiledExpression, ConcurrencyRule, FunctionConfig, FunctionTrigger } from "./function-config";
import { type RegisteredFunction, registeredFunction } from "./registration-schema";

/** A registration that the engine will not take; the message is one sentence that names the function and the cause. */
export class RefusedRegistration extends Error {
  override readonly name = "RefusedRegistration";
}

/** The retries of a function that states none: 4 after the first attempt, as the server's own default. */
const defaultRetries = 4;

/** Checks one function of a registration and reads its expressions and times. Throws RefusedRegistration. */
export function compileFunction(described: unknown): FunctionConfig {
  const parsed = registeredFunction.safeParse(described);
  if (!parsed.success) {
    const id = idOf(described);
    const issue = parsed.error.issues[0];
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : undefined;
    const at = issue?.path.join(".") ?? "";
    const cause = unknown
      ? `the option ${at ? `${at}.` : ""}${unknown} is not implemented`
      : `${at}: ${issue?.message ?? "not readable"}`;
    throw new RefusedRegistration(`Function "${id}" cannot run on the embedded engine: ${cause}.`);
  }
  return compile(parsed.data);
}

function compile(described: RegisteredFunction): FunctionConfig {
  const refuse = (cause: string): never => {
    throw new RefusedRegistration(`Function "${described.id}" cannot run on the embedded engine: ${cause}.`);
  };

  const expression = (option: string, source: string | undefined, roots: readonly string[]) => {
    if (source === undefined) return undefined;
    try {
      return { source, expression: parseExpression(source, roots) } satisfies CompiledExpression;
    } catch (error) {
      if (error instanceof ExpressionError) return refuse(`in ${option}, of "${source}", ${error.message}`);
      throw error;
    }
  };

  const duration = (option: string, source: string): number => {
    const ms = parseDuration(source);
    return ms !== undefined && ms > 0 ? ms : refuse(`${option} "${source}" is not a duration such as 30s or 1h`);
  };

  const optionalDuration = (option: string, source: string | undefined): number | undefined =>
    source === undefined ? undefined : duration(option, source);

  const trigger = (source: RegisteredFunction["triggers"][number]): FunctionTrigger => {
    if ("cron" in source) {
      try {
        return { kind: "cron", schedule: parseCron(source.cron) };
      } catch (error) {
        return refuse(`of the cron "${source.cron}", ${error instanceof Error ? error.message : "it is not readable"}`);
      }
    }
    if (source.event.includes("*")) return refuse(`the event pattern "${source.event}" is not implemented`);
    return {
      kind: "event",
      event: source.event,
      condition: expression("a trigger's if", source.expression, ["event"]),
    };
  };

  const { debounce, rateLimit, throttle, timeouts } = described;
  for (const rule of described.cancel ?? []) {
    if (rule.timeout !== undefined && parseDueTime(rule.timeout, new Date(0)) === undefined) {
      refuse(`cancelOn timeout "${rule.timeout}" is neither a duration nor an instant`);
    }
  }
  return {
    id: described.id,
    name: described.name ?? described.id,
    url: described.steps.step.runtime.url,
    maxAttempts: (described.steps.step.retries?.attempts ?? defaultRetries) + 1,
    triggers: described.triggers.map(trigger),
    concurrency: concurrencyRules(described).map((rule) => ({
      limit: rule.limit,
      scope: rule.scope ?? "fn",
      key: expression("concurrency.key", rule.key, ["event"]),
    })),
    cancelOn: (described.cancel ?? []).map((rule) => ({
      event: rule.event,
      condition: expression("cancelOn.if", rule.if, ["event", "async"]),
      timeout: rule.timeout,
    })),
    idempotency: expression("idempotency", described.idempotency, ["event"]),
    priority: expression("priority.run", described.priority?.run, ["event"]),
    debounce: debounce && {
      periodMs: duration("debounce.period", debounce.period),
      timeoutMs: optionalDuration("debounce.timeout", debounce.timeout),
      key: expression("debounce.key", debounce.key, ["event"]),
    },
    rateLimit: rateLimit && {
      limit: rateLimit.limit,
      periodMs: duration("rateLimit.period", rateLimit.period),
      key: expression("rateLimit.key", rateLimit.key, ["event"]),
    },
    throttle: throttle && {
      rule: {
        limit: throttle.limit,
        periodMs: duration("throttle.period", throttle.period),
        burst: throttle.burst ?? 1,
      },
      key: expression("throttle.key", throttle.key, ["event"]),
    },
    startTimeoutMs: optionalDuration("timeouts.start", timeouts?.start),
    finishTimeoutMs: optionalDuration("timeouts.finish", timeouts?.finish),
  };
}

function concurrencyRules(
  described: RegisteredFunction,
): { limit: number; key?: string | undefined; scope?: ConcurrencyRule["scope"] | undefined }[] {
  const { concurrency } = described;
  const rules =
    typeof concurrency === "number"
      ? [{ limit: concurrency }]
      : Array.isArray(concurrency)
        ? concurrency
        : concurrency
          ? [concurrency]
          : [];
  // A limit of 0 means "no limit" (Inngest SDK specification 4.3.2).
  return rules.filter((rule) => rule.limit > 0);
}

function idOf(described: unknown): string {
  const id: unknown = typeof described === "object" && described !== null ? Reflect.get(described, "id") : undefined;
  return typeof id === "string" ? id : "without an id";
}
