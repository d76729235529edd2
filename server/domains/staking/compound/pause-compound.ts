import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { compoundNotFound } from "../errors";
import { Compound, CompoundRef } from "../schemas";
import { compoundMachine } from "./machine";
import { type CompoundRow, lockCompound } from "./repository";
import { toCompound } from "./to-compound";

async function locked(ctx: CommandCtx, compoundId: string): Promise<CompoundRow> {
  const row = await lockCompound(ctx.tx, ctx.organizationId, compoundId);
  if (!row) throw compoundNotFound(compoundId);
  return row;
}

/**
 * Stakes nothing more until it is taken up again; the grant stays on the chain. What is on its way goes on.
 * @throws not_found staking.compound_not_found, invalid_state staking.invalid_transition
 */
export const pauseCompound = defineCommand({
  verb: "staking.pause-compound",
  scope: "staking:write",
  tenancy: "organization",
  input: CompoundRef,
  output: Compound,
  run: async (ctx, { compoundId }) =>
    toCompound(await move(ctx, compoundMachine, await locked(ctx, compoundId), "paused")),
});

/** Takes compounding up again; the next look is at once. @throws not_found staking.compound_not_found, invalid_state staking.invalid_transition */
export const resumeCompound = defineCommand({
  verb: "staking.resume-compound",
  scope: "staking:write",
  tenancy: "organization",
  input: CompoundRef,
  output: Compound,
  run: async (ctx, { compoundId }) =>
    toCompound(
      await move(ctx, compoundMachine, await locked(ctx, compoundId), "active", { patch: { nextLookAt: ctx.now } }),
    ),
});
