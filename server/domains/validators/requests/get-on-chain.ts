import { networkOf } from "@/server/domains/chain";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { SetupRequestRef } from "../schemas";
import { readValidatorOnChain } from "./ask-chain";
import { getSetupRequest } from "./get-setup-request";
import { OnChain } from "./schemas";

/**
 * The validator as the chain shows it now; `validator` is null when the chain answers that
 * there is none. @throws upstream_unavailable chain.unavailable when the chain does not answer: never an empty answer
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
    const validator = await readValidatorOnChain(ctx.ports, network, setupRequest.operatorAddress);
    return {
      networkId: network.networkId,
      chainId: network.chainId,
      validator,
      readAt: ctx.now().toISOString(),
    };
  },
});
