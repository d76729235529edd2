import { defineCommand } from "@/server/kernel/verbs";
import { lockState, updateState } from "../blocks/repository";
import {
  validatorBonded,
  validatorEdited,
  validatorJailed,
  validatorLeftSet,
  validatorRemoved,
  validatorSlashed,
  validatorStakeChanged,
  validatorTombstoned,
  validatorUnjailed,
} from "../events";
import { requireNetwork } from "../networks/require-network";
import { type ChainChange, changesOfPlan, changesOfValidators } from "./chain-changes";
import { jailRecord } from "./jail-record";
import { insertChainEvents, listValidatorRows, markValidatorsRemoved, upsertValidators } from "./repository";
import { RecordChainFactsInput } from "./schemas";

/** Changes that other domains act on or tell; all of them are rows of the chain's own story. */
const EVENTS: Partial<Record<ChainChange["kind"], typeof validatorJailed>> = {
  validator_jailed: validatorJailed,
  validator_unjailed: validatorUnjailed,
  validator_tombstoned: validatorTombstoned,
  validator_slashed: validatorSlashed,
  validator_edited: validatorEdited,
  validator_stake_changed: validatorStakeChanged,
  validator_bonded: validatorBonded,
  validator_left_set: validatorLeftSet,
  validator_removed: validatorRemoved,
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
    const knownBefore = new Map(before.map((row) => [row.operatorAddress, row]));
    const changes = [
      ...changesOfValidators(
        before.map((row) => ({ ...row, isRemoved: row.removedAt !== null })),
        input.validators,
        ctx.now,
        input.slashes,
      ),
      ...changesOfPlan(state.upgradePlan ?? null, input.upgradePlan),
    ];
    const stamp = { networkId: network.id, syncedHeightBlocks: input.heightBlocks, syncedAt: ctx.now };
    await upsertValidators(
      ctx.tx,
      input.validators.map((validator) => ({
        ...validator,
        ...stamp,
        ...jailRecord(knownBefore.get(validator.operatorAddress), validator, {
          at: ctx.now,
          heightBlocks: input.heightBlocks,
        }),
        removedAt: null,
      })),
    );
    const removed = changes.flatMap((change) =>
      change.kind === "validator_removed" && change.operatorAddress !== null ? [change.operatorAddress] : [],
    );
    await markValidatorsRemoved(ctx.tx, network.id, removed, { at: ctx.now, heightBlocks: input.heightBlocks });
    await insertChainEvents(
      ctx.tx,
      changes.map((change) => ({
        ...change,
        networkId: network.id,
        heightBlocks: input.heightBlocks,
        occurredAt: ctx.now,
      })),
    );
    const created = new Set(changes.flatMap((one) => (one.kind === "validator_created" ? one.operatorAddress : null)));
    for (const { kind, operatorAddress, details } of changes) {
      const event = EVENTS[kind];
      if (event === undefined || operatorAddress === null) continue;
      // Of a first look at a network the whole set would be news.
      if (kind === "validator_bonded" && created.has(operatorAddress)) continue;
      const heightBlocks = input.heightBlocks.toString();
      await ctx.emit(event, {
        networkId: network.id,
        chainId: network.chainId,
        heightBlocks,
        operatorAddress,
        details,
      });
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
