import { z } from "zod";
import type { Executor } from "@/db/client";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { findLiveSetupOfOperator, lockSetup } from "../requests/repository";
import { noteEvent } from "./note-event";
import { hasEventWith } from "./repository";

export const PENALTIES = ["jailed", "unjailed", "tombstoned"] as const;
export type Penalty = (typeof PENALTIES)[number];

const WORDS: Record<Penalty, (heightBlocks: string) => string> = {
  jailed: (height) =>
    `The chain jailed the validator; seen at block ${height}. It neither signs nor earns until it is unjailed. Look at what its node missed first.`,
  unjailed: (height) => `The validator is out of jail; seen at block ${height}.`,
  tombstoned: (height) =>
    `The chain saw the validator sign twice; seen at block ${height}. Its key can never sign again: make another validator with a new one.`,
};

const News = z.strictObject({
  networkId: z.string(),
  operatorAddress: z.string(),
  penalty: z.enum(PENALTIES),
  heightBlocks: z.string(),
});
type News = z.output<typeof News>;

/** Whether the news is of a validator that was made here, and is not in its story yet. */
async function isToldFirst(
  db: Executor,
  { networkId, operatorAddress, penalty, heightBlocks }: News,
): Promise<boolean> {
  const setup = await findLiveSetupOfOperator(db, networkId, operatorAddress);
  return setup !== undefined && !(await hasEventWith(db, setup.id, { penalty, heightBlocks }));
}

/** Writes the line; asked again under the lock, since the same news may come twice at once. */
const recordPenalty = defineChange(
  "validators.record-penalty",
  async (ctx: CommandCtx<string | null>, { networkId, operatorAddress, penalty, heightBlocks }: News) => {
    const found = await findLiveSetupOfOperator(ctx.tx, networkId, operatorAddress);
    const setup = found && (await lockSetup(ctx.tx, null, found.id));
    if (!setup) throw new Error(`the validator ${operatorAddress} lost its setup request`);
    const details = { penalty, heightBlocks };
    const isNoted = !(await hasEventWith(ctx.tx, setup.id, details));
    if (isNoted) await noteEvent(ctx, setup, { type: "activity", message: WORDS[penalty](heightBlocks), details });
    ctx.audit({
      action: isNoted ? `validators.validator.${penalty}` : "validators.validator.penalty_known",
      targetType: "setup_request",
      targetId: setup.id,
      organizationId: setup.organizationId,
      details: { networkId, operatorAddress, penalty, heightBlocks },
    });
    return { isNoted };
  },
);

/**
 * What the chain did to a validator that was made here joins its request's story, for the people who own it. A validator of others leaves no
 * trace, since news of them are the most; the same news twice is one line.
 */
export const notePenalty = defineFlow<Ports>()({
  verb: "validators.note-penalty",
  scope: "platform:write",
  tenancy: "platform",
  input: News,
  run: async (ctx, news) => ((await isToldFirst(ctx.db, news)) ? recordPenalty(ctx, news) : { isNoted: false }),
});
