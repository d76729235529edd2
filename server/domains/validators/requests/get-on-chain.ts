import { type KeptValidator, keptValidatorOf, networkOf } from "@/server/domains/chain";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { CHAIN_SILENT_AFTER_SECONDS } from "../constants";
import { SetupRequestRef } from "../schemas";
import { readValidatorOnChain } from "./ask-chain";
import { getSetupRequest } from "./get-setup-request";
import { OnChain } from "./schemas";

const asOnChain = (kept: KeptValidator): NonNullable<OnChain["validator"]> => ({
  operatorAddress: kept.operatorAddress,
  consensusPubkey: kept.consensusPubkeyBase64,
  consensusAddress: kept.consensusAddress,
  consensusAddressHex: kept.consensusAddressHex,
  isJailed: kept.jailed,
  status: kept.status,
  tokensBaseUnits: kept.tokensBaseUnits.toString(),
  commissionRate: kept.commissionRate,
  commissionMaxRate: kept.commissionMaxRate,
  commissionMaxChangeRate: kept.commissionMaxChangeRate,
  moniker: kept.moniker,
});

/**
 * The validator as the watcher last read it, which it does every few seconds for all who look on; `readAt` says when. The chain itself is asked where
 * that is missing or so long ago that one of the two is silent. `validator` is null when the chain answers that there is none.
 * @throws upstream_unavailable chain.unavailable when the chain does not answer: never an empty answer
 */
export const getOnChain = defineFlow<Ports>()({
  verb: "validators.get-on-chain",
  scope: "validators:read",
  tenancy: "organization",
  input: SetupRequestRef,
  output: OnChain,
  run: async (ctx, input) => {
    const { setupRequest } = await getSetupRequest(ctx, input);
    const { network } = await networkOf(ctx, setupRequest.networkId);
    const { networkId, chainId } = network;
    const { operatorAddress } = setupRequest;
    const since = new Date(ctx.now().getTime() - CHAIN_SILENT_AFTER_SECONDS * 1_000);
    const kept = await keptValidatorOf(ctx.db, { networkId, operatorAddress, since });
    if (kept !== null) {
      return { networkId, chainId, validator: asOnChain(kept), readAt: kept.syncedAt.toISOString() };
    }
    const validator = await readValidatorOnChain(ctx.ports, network, operatorAddress);
    return { networkId, chainId, validator, readAt: ctx.now().toISOString() };
  },
});
