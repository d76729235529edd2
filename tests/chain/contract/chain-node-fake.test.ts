import { operatorAddressOf } from "@/lib/chain/bech32-address";
import { chainActor } from "../../support/chain-actor";
import { FakeChain } from "../../support/fakes/chain-node";
import { chainNodeContract } from "./chain-node.contract";

chainNodeContract("in memory", async () => {
  const chain = new FakeChain({ blockEveryMs: 10 });
  const genesis = await chainActor();
  const operatorAddress = operatorAddressOf(genesis.address, { account: "omni", validator: "omnivaloper" });
  chain.ledger.addValidator(operatorAddress, btoa("g".repeat(32)), 300_000_000n, { moniker: "genesis" });
  chain.advance(3);
  const node = chain.node({
    networkId: "net_fake",
    chainId: chain.chainId,
    rpcUrls: ["http://127.0.0.1:1"],
    restUrls: ["http://127.0.0.1:1"],
    bech32: { account: "omni", validator: "omnivaloper", consensus: "omnivalcons" },
    baseDenom: "omniphi",
    gasPriceFloor: "0.025",
    reach: "own",
  });
  return {
    chain: node,
    operatorAddress,
    funded: async (amountBaseUnits) => {
      const actor = await chainActor();
      chain.ledger.credit(actor.address, amountBaseUnits);
      return actor;
    },
  };
});
