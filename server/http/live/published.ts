import "server-only";
import { z } from "zod";
import { MAX_TOPICS_LENGTH } from "@/lib/live/live-limits";
import { LiveTopics } from "@/lib/live/live-message";
import { invalid } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import {
  type Door,
  type Following,
  feedOf,
  type Published,
  type PublishedVerb,
  publishAll,
} from "@/server/kernel/publish";
import { boundedText } from "@/server/kernel/text";
import { auditRefusal } from "@/server/runtime/audit-refusal";
import { callVerb } from "@/server/runtime/call-verb";
import { parseJson } from "../admission/parse-json";
import { PUBLISHED } from "../all-published";
import type { RouteCtx } from "../define-route";
import { followTopics } from "./follow-topics";
import { createKnownStates } from "./known-states";
import type { Topic } from "./topic";

type Followable = { readonly row: PublishedVerb; readonly door: Door; readonly follow: Following };

const followablesOf = ({ domain, rows }: Published): [string, Followable][] =>
  rows.flatMap((row) => {
    if (row.kind !== "verb" || row.follow === null) return [];
    const { follow } = row;
    return row.doors.flatMap((door): [string, Followable][] =>
      door.trpc === null ? [] : [[`${domain}.${door.trpc}`, { row, door, follow }]],
    );
  });
/** What can be followed, by the name under which pages ask for it. */
const FOLLOWABLE: ReadonlyMap<string, Followable> = new Map((PUBLISHED as readonly Published[]).flatMap(followablesOf));

const known = createKnownStates();
/** How it is followed where there is nothing to follow: it is refused when it is first looked at. */
const NOWHERE: Following = { lookMs: 60_000 };

/** A topic as this caller may follow it: each look calls the verb, which asks for scope and organisation every time. */
function topicOf(ctx: RouteCtx, [name, input, heldHash]: LiveTopics[number]): Topic {
  const found = FOLLOWABLE.get(name);
  const key = `${ctx.service.organizationId ?? ""} ${name} ${JSON.stringify(input)}`;
  return {
    key,
    input,
    heldHash,
    follow: found?.follow ?? NOWHERE,
    isAbout: (payload) => found?.follow.hears?.isAbout?.(payload, input, ctx.service.organizationId) ?? true,
    read: async () => {
      if (found === undefined) throw invalid("live.not_followed", `There is no read ${name} that can be followed.`);
      return callVerb(found.row.verb, found.door.audience, ctx, input);
    },
  };
}

/** The one stream of a browser, for all reads that its pages follow. */
export const published = publishAll("live", "Live", [
  feedOf<RouteCtx>()({
    rest: "GET /live",
    operationId: "followReads",
    summary: "Changes of several reads as they happen (server-sent events)",
    because: "public",
    input: z.strictObject({
      reads: boundedText(MAX_TOPICS_LENGTH).describe(
        'JSON: a list of [name, input, held]. `name` is the read\'s, e.g. "chain.getChainTip"; `held` names the state that the client has, "" for none.',
      ),
    }),
    open: (ctx, input) => {
      return followTopics(
        parseInput(LiveTopics, parseJson(input.reads)).map((topic) => topicOf(ctx, topic)),
        {
          known,
          hear: (channel, hear) => ctx.runtime.notifications.hear(channel, hear),
          onFailure: (topic, error) =>
            auditRefusal(ctx.service, {
              operation: "GET /api/v1/live",
              error,
              input: Object.values(topic.input),
            }),
          signal: ctx.signal,
        },
      );
    },
  }),
]);
