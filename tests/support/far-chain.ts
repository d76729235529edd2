import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import type { WireChain } from "./fakes/chain-node-wire";

/** That chain as the adapter of ours reads it: of another kind than Omniphi's, counted in `ufar`. */
export const farChain = ({ url, state }: WireChain, nowMs: () => number = Date.now) =>
  createCosmosChainNodes({ onQuarantined: () => {}, nowMs }).forNetwork({
    networkId: "net_far",
    chainId: state.chainId,
    rpcUrls: [url],
    restUrls: [url],
    bech32: { account: "far", validator: "farvaloper", consensus: "farvalcons" },
    baseDenom: "ufar",
    gasPriceFloor: "0.002",
    reach: "own",
  });
