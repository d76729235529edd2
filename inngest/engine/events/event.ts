import { z } from "zod";

/** An event as an app receives it. `id` is the sender's own or, without one, the engine's. */
export type EngineEvent = {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly ts: number;
  readonly user: Readonly<Record<string, unknown>>;
  readonly v?: string;
  readonly meta?: unknown;
};

const record = z.record(z.string(), z.unknown());

/** An event as it is sent to the event API (Inngest SDK specification 1.3.4). */
export const sentEvent = z.object({
  name: z.string(),
  data: record.nullish(),
  user: record.nullish(),
  id: z.string().max(512).nullish(),
  ts: z.number().int().nullish(),
  v: z.string().nullish(),
  meta: z.unknown().optional(),
});

/** An event as it is sent to the event API. */
export type SentEvent = z.infer<typeof sentEvent>;

/** Events whose names begin so are made by the engine; apps may react to them but not send them. */
export const reservedPrefix = "inngest/";

/** The names of the events that the engine itself makes, as in the SDK's `internalEvents`. */
export const internalEventNames = {
  failed: "inngest/function.failed",
  finished: "inngest/function.finished",
  cancelled: "inngest/function.cancelled",
  invoked: "inngest/function.invoked",
  timer: "inngest/scheduled.timer",
} as const;

/** Completes a sent event with what the sender left out. */
export function completeEvent(sent: SentEvent, internalId: string, now: Date): EngineEvent {
  return {
    id: sent.id ? sent.id : internalId,
    name: sent.name,
    data: sent.data ?? {},
    ts: sent.ts ?? now.getTime(),
    user: sent.user ?? {},
    ...(sent.v ? { v: sent.v } : {}),
    ...(sent.meta === undefined || sent.meta === null ? {} : { meta: sent.meta }),
  };
}

/** Reads an event back from its stored JSON, which only this module's callers write. */
export function storedEvent(json: string): EngineEvent {
  return JSON.parse(json) as EngineEvent;
}
