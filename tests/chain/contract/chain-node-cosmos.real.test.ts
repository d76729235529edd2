import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { fundedActor } from "../../support/chain-actor";
import { sharedLocalnet } from "../../support/localnet";
import { chainNodeContract } from "./chain-node.contract";

chainNodeContract("cosmos adapter on a running chain", async () => {
  const localnet = await sharedLocalnet();
  const chain = createCosmosChainNodes({ onQuarantined: () => {} }).forNetwork(localnet.network());
  return {
    chain,
    operatorAddress: localnet.facts.validatorOperatorAddress,
    funded: (amountBaseUnits) => fundedActor(localnet, chain, amountBaseUnits),
  };
});
