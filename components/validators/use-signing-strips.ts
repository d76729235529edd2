import { useQueries } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import type { BlockState } from "@/components/figures/block-grid-layout";
import type { SetupRequestView, SetupWithNode } from "@/server/domains/validators/schemas";
import { hasBeenOnChain } from "@/server/domains/validators/states";

/** How many blocks a row of the list shows. */
export const STRIP_BLOCKS = 40;
const REFETCH_MS = 5_000;

/** What is known of a validator's last blocks. */
export type SigningStripView =
  | { readonly status: "none" }
  | { readonly status: "loading" }
  | { readonly status: "unknown"; readonly reason: string }
  | {
      readonly status: "ready";
      readonly states: readonly BlockState[];
      readonly newest: { readonly heightBlocks: number; readonly at?: string | undefined };
    };

/** The last blocks of every validator of a page, with one request for each network; asked for by the validator's setup. */
export function useSigningStrips(rows: readonly SetupWithNode[]): (setup: SetupRequestView) => SigningStripView {
  const trpc = useTRPC();
  const addressesByNetwork = new Map<string, string[]>();
  for (const { setupRequest: setup } of rows) {
    if (!hasBeenOnChain(setup.status) || setup.consensusAddress === null) continue;
    addressesByNetwork.set(setup.networkId, [
      ...(addressesByNetwork.get(setup.networkId) ?? []),
      setup.consensusAddress,
    ]);
  }
  const networkIds = [...addressesByNetwork.keys()];
  const reads = useQueries({
    queries: networkIds.map((networkId) =>
      trpc.chain.getSigningStrips.queryOptions(
        { networkId, consensusAddresses: addressesByNetwork.get(networkId) ?? [], blocks: STRIP_BLOCKS },
        { refetchInterval: REFETCH_MS },
      ),
    ),
  });
  return (setup) => {
    if (!hasBeenOnChain(setup.status) || setup.consensusAddress === null) return { status: "none" };
    const read = reads[networkIds.indexOf(setup.networkId)];
    if (!read?.data)
      return read?.error ? { status: "unknown", reason: shownError(read.error).message } : { status: "loading" };
    const states = read.data.strips.find((strip) => strip.consensusAddress === setup.consensusAddress)?.states;
    return read.data.newest === null || states === undefined
      ? { status: "unknown", reason: "No block of this network has been recorded yet." }
      : { status: "ready", states, newest: read.data.newest };
  };
}
