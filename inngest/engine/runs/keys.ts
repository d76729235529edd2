import type { EngineEvent } from "../events/event";
import { ExpressionError, evaluate } from "../expression";
import type { CompiledExpression, FunctionConfig } from "../registry/function-config";

/** The value of a key expression as text; a value that is missing, or cannot be computed, is the key `null`. */
export function keyText(key: CompiledExpression | undefined, event: EngineEvent): string {
  if (key === undefined) return "";
  try {
    return JSON.stringify(evaluate(key.expression, { event }) ?? null);
  } catch (error) {
    if (error instanceof ExpressionError) return "null";
    throw error;
  }
}

/** The concurrency gates of a run: `<limit>|<key>`, where functions that share a scope and a key expression share a key. */
export function concurrencyGates(config: FunctionConfig, event: EngineEvent): string[] {
  return config.concurrency.map((rule) => {
    const owner = rule.scope === "fn" ? `fn:${config.id}` : rule.scope;
    const key = rule.key === undefined ? owner : `${owner}:${rule.key.source}:${keyText(rule.key, event)}`;
    return `${rule.limit}|${key}`;
  });
}

/** Splits a gate into its limit and its key. */
export function readGate(gate: string): { limit: number; key: string } {
  const bar = gate.indexOf("|");
  return { limit: Number(gate.slice(0, bar)), key: gate.slice(bar + 1) };
}

/**
 * When a run counts as queued: its priority in seconds, -600 to 600 (Inngest SDK specification 4.3.2), moves it before or behind others, and one
 * that lies ahead is not started before. A priority that is not a number counts as 0.
 */
export function rankOf(config: FunctionConfig, event: EngineEvent, now: Date): Date {
  if (config.priority === undefined) return now;
  try {
    const value = evaluate(config.priority.expression, { event });
    const seconds = typeof value === "number" && Number.isFinite(value) ? Math.max(-600, Math.min(600, value)) : 0;
    return new Date(now.getTime() - seconds * 1_000);
  } catch (error) {
    if (error instanceof ExpressionError) return now;
    throw error;
  }
}
