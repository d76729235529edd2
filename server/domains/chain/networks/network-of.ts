import { z } from "zod";
import type { ServiceCtx } from "@/server/kernel/context";
import type { ChainNetwork } from "@/server/ports/chain-node";
import { getNetwork } from "./read-networks";
import { toChainNetwork } from "./to-network";

/** A network as ports take it, where an effect is told which; it comes from our own rows, so its shape is not checked again. */
export const NetworkFacts = z.custom<ChainNetwork>((value) => typeof value === "object" && value !== null, "missing");

/** The network that is meant, as ports want it, with what only we know of it. @throws not_found chain.network_not_found */
export async function networkOf(
  ctx: ServiceCtx,
  networkId: string,
): Promise<{
  readonly network: ChainNetwork;
  readonly kind: "mainnet" | "testnet" | "localnet";
  readonly displayDenom: string;
  readonly denomExponent: number;
}> {
  const row = await getNetwork(ctx, { networkId });
  return {
    network: toChainNetwork(row),
    kind: row.kind,
    displayDenom: row.displayDenom,
    denomExponent: row.denomExponent,
  };
}
