import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNode } from "@/server/ports/chain-node";
import { getChainStatus } from "../blocks/get-chain-status";
import { aprOf } from "./apr";

type Apr = { readonly aprBeforeCommission: string | null; readonly aprUnknownBecause: string | null };
const NO_MINT = "This chain has no minting module that could be asked.";
const unknown = (because: string): Apr => ({ aprBeforeCommission: null, aprUnknownBecause: because });

/** The network's yearly rate before commission, or why it is not known; a chain without x/mint pays by rules of its own. */
export async function readApr(
  ctx: ServiceCtx,
  {
    chain,
    networkId,
    bondDenom,
  }: { readonly chain: ChainNode; readonly networkId: string; readonly bondDenom: string },
): Promise<Apr> {
  try {
    const [mint, annualProvisions, distribution, bondedBaseUnits, { averageBlockMs }] = await Promise.all([
      chain.mintParams(),
      chain.annualProvisions(),
      chain.distributionParams(),
      chain.bondedBaseUnits(),
      getChainStatus(ctx, { networkId }),
    ]);
    if (mint === null) return unknown(NO_MINT);
    if (mint.mintDenom !== bondDenom)
      return unknown("This chain pays stakers in another coin than the one they stake.");
    const rate = aprOf({
      annualProvisions,
      blocksPerYear: mint.blocksPerYear,
      averageBlockMs,
      // A chain without x/distribution takes no share of what is minted.
      communityTax: distribution?.communityTax ?? "0",
      bondedBaseUnits,
    });
    return rate === null
      ? unknown("The time between blocks has not been measured yet.")
      : { aprBeforeCommission: rate, aprUnknownBecause: null };
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    return unknown(thrown.code === "chain.query_unsupported" ? NO_MINT : "The chain did not tell what it mints.");
  }
}
