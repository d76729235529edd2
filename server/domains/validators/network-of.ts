import { getNetwork, toChainNetwork } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import type { ChainNetwork } from "@/server/ports/chain-node";

/** The network a request names, as ports want it, with what only we know of it. @throws not_found chain.network_not_found */
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
