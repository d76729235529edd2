import { z } from "zod";
import type { JsonValue } from "./json-value";
import { MAX_TOPICS } from "./live-limits";
import type { StatePatch } from "./state-patch";

/** A read that is followed: the name that pages call it by, its input, and the name of the state that is held of it ("" for none). */
export const LiveTopics = z
  .array(z.tuple([z.string().min(1).max(100), z.record(z.string().max(100), z.unknown()), z.string().max(20)]))
  .min(1)
  .max(MAX_TOPICS);
export type LiveTopics = z.infer<typeof LiveTopics>;

const Path = z.array(z.union([z.string(), z.number()]));
const Json = z.json();
const Patch = z.array(
  z.union([
    z.tuple([z.literal("set"), Path, Json]),
    z.tuple([z.literal("drop"), Path]),
    z.tuple([z.literal("shift"), Path, z.number().int(), z.array(Json)]),
  ]),
);

/**
 * What became of the topic at this place of the list: a whole state, the steps from the one that is held, why it cannot be read (`isOver`: and will
 * not be followed any further), or that the state of this name, which the client said to hold, is still what it is. Steps do not name the state that
 * they begin from: they fit where what they lead to has their name.
 */
export const LiveMessage = z.union([
  z.object({ topic: z.number().int(), hash: z.string(), state: Json }),
  z.object({ topic: z.number().int(), hash: z.string(), patch: Patch }),
  z.object({ topic: z.number().int(), code: z.string(), isOver: z.boolean() }),
  z.strictObject({ topic: z.number().int(), hash: z.string() }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;

/** One event of the stream: all that was found to have changed at about the same time. */
export const LiveMessages = z.array(LiveMessage);

/** The same as the server makes it: states and steps that nobody changes. */
export type SentMessage =
  | { readonly topic: number; readonly hash: string; readonly state: JsonValue }
  | { readonly topic: number; readonly hash: string; readonly patch: StatePatch }
  | { readonly topic: number; readonly code: string; readonly isOver: boolean }
  | { readonly topic: number; readonly hash: string };
