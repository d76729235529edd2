import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { noteEvent } from "../note-event";
import { lockLiveSetupOfOperator } from "../repository";
import { hasEventWith } from "./repository";

export const PENALTIES = ["jailed", "unjailed", "tombstoned"] as const;

const WORDS: Record<(typeof PENALTIES)[number], (heightBlocks: string) => string> = {
  jailed: (height) =>
    `The chain jailed the validator; seen at block ${height}. It neither signs nor earns until it is unjailed. Look at what its node missed first.`,
  unjailed: (height) => `The validator is out of jail; seen at block ${height}.`,
  tombstoned: (height) =>
    `The chain saw the validator sign twice; seen at block ${height}. Its key can never sign again: make another validator with a new one.`,
};

/**
 * What the chain did to a validator that was made here joins its request's story, for the people who own it. A validator of others leaves no
 * trace; the same news twice is one line.
 */
export const notePenalty = defineCommand({
  verb: "validators.note-penalty",
  scope: "platform:write",
  tenancy: "platform",
  // News of validators that are not ours are the most, and are nothing to audit.
  telemetry: true,
  input: z.strictObject({
    networkId: z.string(),
    operatorAddress: z.string(),
    penalty: z.enum(PENALTIES),
    heightBlocks: z.string(),
  }),
  run: async (ctx, { networkId, operatorAddress, penalty, heightBlocks }) => {
    const setup = await lockLiveSetupOfOperator(ctx.tx, networkId, operatorAddress);
    const details = { penalty, heightBlocks };
    if (!setup || (await hasEventWith(ctx.tx, setup.id, details))) return { isNoted: false };
    await noteEvent(ctx, setup, { type: "activity", message: WORDS[penalty](heightBlocks), details });
    ctx.audit({
      action: `validators.validator.${penalty}`,
      targetType: "setup_request",
      targetId: setup.id,
      organizationId: setup.organizationId,
      details: { networkId, operatorAddress, heightBlocks },
    });
    return { isNoted: true };
  },
});
