import { actorName } from "@/server/kernel/context";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineCommand, defineQuery } from "@/server/kernel/verbs";
import { MAX_SILENCES, ruleOf, SILENCE_MAX_HOURS } from "../constants";
import { monitoringDomain } from "../domain";
import { badWindow, silenceNotFound, tooManySilences } from "../errors";
import { CreateSilenceInput, ListSilencesInput, Silence, SilencePage, SilenceRef } from "../schemas";
import {
  countSilencesAhead,
  endSilenceRow,
  insertSilence,
  listSilenceRows,
  lockSilence,
  lockSilenceCount,
  type SilenceRow,
} from "./repository";

const stateOf = ({ startsAt, endsAt, endedAt }: SilenceRow, now: Date): Silence["state"] => {
  if (endedAt !== null || endsAt <= now) return "over";
  return startsAt > now ? "ahead" : "in_force";
};

const toSilence = (row: SilenceRow, now: Date): Silence => ({
  id: row.id,
  kind: row.kind,
  rule: row.rule,
  ruleTitle: row.rule === null ? null : (ruleOf(row.rule)?.title ?? row.rule),
  subjectId: row.subjectId,
  reason: row.reason,
  state: stateOf(row, now),
  startsAt: row.startsAt.toISOString(),
  endsAt: (row.endedAt ?? row.endsAt).toISOString(),
  createdBy: row.createdBy,
});

/**
 * Keeps everybody from being told of a rule, a validator, or anything for a time; what happens meanwhile is still seen and written down.
 * @throws invalid monitoring.bad_window, limit_exceeded monitoring.too_many_silences
 */
export const createSilence = defineCommand({
  verb: "monitoring.create-silence",
  scope: "monitoring:write",
  tenancy: "organization",
  input: CreateSilenceInput,
  output: Silence,
  run: async (ctx, { subject, ...input }) => {
    const startsAt = input.startsAt === undefined ? ctx.now : new Date(input.startsAt);
    const endsAt = new Date(input.endsAt);
    if (endsAt <= startsAt) throw badWindow("Its end comes after its beginning.");
    if (endsAt <= ctx.now) throw badWindow("It ends in the future.");
    if (endsAt.getTime() - startsAt.getTime() > SILENCE_MAX_HOURS * 3_600_000) {
      throw badWindow(`It lasts ${SILENCE_MAX_HOURS / 24} days at most. Switch the rule off to be told no more.`);
    }
    await lockSilenceCount(ctx.tx, ctx.organizationId);
    if ((await countSilencesAhead(ctx.tx, ctx.organizationId, ctx.now)) >= MAX_SILENCES)
      throw tooManySilences(MAX_SILENCES);
    const row = await insertSilence(ctx.tx, {
      id: monitoringDomain.newId("silence"),
      organizationId: ctx.organizationId,
      kind: input.kind,
      rule: input.rule,
      subjectId: subject,
      reason: input.reason,
      startsAt,
      endsAt,
      createdBy: actorName(ctx.actor),
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    ctx.audit({
      action: `monitoring.${row.kind}.created`,
      targetType: "silence",
      targetId: row.id,
      details: { rule: row.rule, subjectId: row.subjectId, endsAt: endsAt.toISOString() },
    });
    return toSilence(row, ctx.now);
  },
});

/** Ends a silence now; one that is over stays as it is. @throws not_found monitoring.silence_not_found */
export const endSilence = defineCommand({
  verb: "monitoring.end-silence",
  scope: "monitoring:write",
  tenancy: "organization",
  input: SilenceRef,
  output: Silence,
  run: async (ctx, { silenceId }) => {
    const row = await lockSilence(ctx.tx, ctx.organizationId, silenceId);
    if (!row) throw silenceNotFound(silenceId);
    const isOver = stateOf(row, ctx.now) === "over";
    const ended = isOver ? row : await endSilenceRow(ctx.tx, row.id, ctx.now);
    ctx.audit({ action: `monitoring.${row.kind}.ended`, targetType: "silence", targetId: row.id, details: { isOver } });
    return toSilence(ended, ctx.now);
  },
});

/** Silences and maintenance windows, the newest first. */
export const listSilences = defineQuery({
  verb: "monitoring.list-silences",
  scope: "monitoring:read",
  tenancy: "organization",
  input: ListSilencesInput,
  output: SilencePage,
  run: async (ctx, { limit, cursor, isOver }) => {
    const rows = await listSilenceRows(ctx.db, ctx.organizationId, {
      limit: limit + 1,
      after: decodeCursor(cursor),
      isOver,
      now: ctx.now,
    });
    return pageOf(
      rows,
      limit,
      (row) => ({ sort: row.createdAt.toISOString(), id: row.id }),
      (row) => toSilence(row, ctx.now),
    );
  },
});
