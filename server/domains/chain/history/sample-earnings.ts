import { z } from "zod";
import { wholeUnits } from "@/lib/chain/dec";
import { startOfStep } from "@/lib/start-of-step";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { SAMPLE_MINUTES } from "../constants";
import { listWatchedOperators } from "../mirror/repository";
import { networkOf } from "../networks/network-of";
import { listNetworkRows } from "../networks/repository";
import { silentNetworks } from "../networks/silent-networks";
import { readApr } from "./read-apr";
import { type Earnings, updateSampleEarnings } from "./repository";

const keepEarnings = defineChange(
  "chain.keep-earnings",
  (
    ctx: CommandCtx<string | null>,
    input: { readonly networkId: string; readonly operatorAddress: string; readonly earnings: Earnings },
  ) => {
    const bucketMs = SAMPLE_MINUTES * 60_000;
    const at = new Date(startOfStep(ctx.now.getTime(), bucketMs));
    return updateSampleEarnings(ctx.tx, { ...input, at });
  },
  { telemetry: true },
);

async function askEarnings(chain: ChainNode, operatorAddress: string, denom: string) {
  const [delegatorCount, rewards, commission] = await Promise.all([
    chain.delegatorCount(operatorAddress),
    chain.outstandingRewards(operatorAddress),
    chain.outstandingCommission(operatorAddress),
  ]);
  return {
    delegatorCount,
    outstandingRewardsBaseUnits: wholeUnits(rewards, denom),
    outstandingCommissionBaseUnits: wholeUnits(commission, denom),
  };
}

/**
 * What is asked once for all validators of a network. Of one that left since the watcher's look nothing is asked: the SDK's gateway answers as if it
 * had failed itself (cosmos-sdk 0.53, x/distribution/keeper/grpc_query.go), which would look like a network that is silent.
 */
async function openNetwork(ctx: ServiceCtx<Ports>, networkId: string, watched: readonly string[]) {
  const { network } = await networkOf(ctx, networkId);
  const chain = ctx.ports.chains.forNetwork(network);
  const [{ bondDenom }, validators] = await Promise.all([chain.stakingParams(), chain.validatorSet()]);
  const present = new Set(validators.map(({ operatorAddress }) => operatorAddress));
  const { aprBeforeCommission } = await readApr(ctx, { chain, networkId, bondDenom });
  const operators = watched.filter((operator) => present.has(operator));
  return { chain, denom: network.baseDenom, aprBeforeCommission, operators };
}

/**
 * Adds to the newest sample of each watched validator what has to be asked for one by one: how many delegate to it, what was earned and not
 * withdrawn, and the network's yearly rate. What is not answered of one stays null, and keeps none of the others from theirs. Repeats safely.
 */
export const sampleEarnings = defineFlow<Ports>()({
  verb: "chain.sample-earnings",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    const networks = silentNetworks(ctx.logger, "chain.sample_earnings.failed");
    let sampled = 0;
    for (const { id: networkId, status } of await listNetworkRows(ctx.db)) {
      const watched = status === "active" ? await listWatchedOperators(ctx.db, networkId) : [];
      if (watched.length === 0) continue;
      const opened = await networks.ask(networkId, { networkId }, () => openNetwork(ctx, networkId, watched));
      if (opened === undefined) continue;
      const { chain, denom, aprBeforeCommission, operators } = opened;
      for (const operatorAddress of operators) {
        const isKept = await networks.ask(networkId, { networkId, operatorAddress }, async () => {
          const asked = await askEarnings(chain, operatorAddress, denom);
          await keepEarnings(ctx, { networkId, operatorAddress, earnings: { ...asked, aprBeforeCommission } });
          return true;
        });
        if (isKept === true) sampled += 1;
      }
    }
    return { sampled };
  },
});
