import { defineCommand } from "@/server/kernel/verbs";
import { lockState, updateState } from "../blocks/repository";
import { validatorJailed, validatorTombstoned, validatorUnjailed } from "../events";
import { requireNetwork } from "../networks/require-network";
import { RecordChainFactsInput } from "../schemas";
import { type ChainChange, changesOfPlan, changesOfValidators } from "./chain-changes";
import { insertChainEvents, listValidatorRows, markValidatorsRemoved, upsertValidators } from "./repository";

/** Changes that other domains act on; all of them are rows of the chain's own story. */
const EVENTS: Partial<Record<ChainChange["kind"], typeof validatorJailed>> = {
  validator_jailed: validatorJailed,
  validator_unjailed: validatorUnjailed,
  validator_tombstoned: validatorTombstoned,
};

/**
 * Keeps one look at params, upgrade plan and all validators, and turns what differs from the look before into rows and events. An older look
 * than the kept one is dropped. What others do about a change goes through their own audited transitions.
 */
export const recordChainFacts = defineCommand({
  verb: "chain.record-chain-facts",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: RecordChainFactsInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    const state = await lockState(ctx.tx, network.id, ctx.now);
    if (state.syncedHeightBlocks !== null && state.syncedHeightBlocks > input.heightBlocks) return { changes: 0 };
    const before = await listValidatorRows(ctx.tx, network.id);
    const changes = [
      ...changesOfValidators(
        before.map((row) => ({ ...row, isRemoved: row.removedAt !== null })),
        input.validators,
      ),
      ...changesOfPlan(state.upgradePlan ?? null, input.upgradePlan),
    ];
    const stamp = { networkId: network.id, syncedHeightBlocks: input.heightBlocks, syncedAt: ctx.now };
    await upsertValidators(
      ctx.tx,
      input.validators.map((validator) => ({ ...validator, ...stamp, removedAt: null })),
    );
    const removed = changes.flatMap((change) =>
      change.kind === "validator_removed" && change.operatorAddress !== null ? [change.operatorAddress] : [],
    );
    await markValidatorsRemoved(ctx.tx, network.id, removed, ctx.now);
    await insertChainEvents(
      ctx.tx,
      changes.map((change) => ({
        ...change,
        networkId: network.id,
        heightBlocks: input.heightBlocks,
        occurredAt: ctx.now,
      })),
    );
    for (const { kind, operatorAddress } of changes) {
      const event = EVENTS[kind];
      if (event === undefined || operatorAddress === null) continue;
      const heightBlocks = input.heightBlocks.toString();
      await ctx.emit(event, { networkId: network.id, chainId: network.chainId, heightBlocks, operatorAddress });
    }
    await updateState(ctx.tx, network.id, {
      slashingParams: input.slashingParams,
      stakingParams: input.stakingParams,
      upgradePlan: input.upgradePlan,
      syncedHeightBlocks: input.heightBlocks,
      syncedAt: ctx.now,
      updatedAt: ctx.now,
    });
    return { changes: changes.length };
  },
});
