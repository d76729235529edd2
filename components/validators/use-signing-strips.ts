import { useQueries } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { useLiveReads } from "@/components/data/use-live";
import type { BlockState } from "@/components/figures/block-grid-layout";
import type { SigningStrips } from "@/server/domains/chain/blocks/schemas";
import type { SetupRequestView, SetupWithNode } from "@/server/domains/validators/requests/schemas";
import { hasBeenOnChain } from "@/server/domains/validators/states";
import { stripInputs } from "./strip-inputs";

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

/** Strips in the form in which the browser gets them: what is not there is not sent. */
const asSent = ({ newest, ...strips }: SigningStrips) => ({
  ...strips,
  newest: newest && {
    heightBlocks: newest.heightBlocks,
    ...(newest.at === undefined ? {} : { at: newest.at }),
  },
});

/** The last blocks of every validator of a page, with one request for each network; asked for by the validator's setup. `initial` is what the server read of them. */
export function useSigningStrips(
  rows: readonly SetupWithNode[],
  initial: readonly (SigningStrips | undefined)[] = [],
): (setup: SetupRequestView) => SigningStripView {
  const trpc = useTRPC();
  const inputs = stripInputs(rows);
  const networkIds = inputs.map(({ networkId }) => networkId);
  const paces = useLiveReads(inputs.map((input) => trpc.chain.getSigningStrips.queryKey(input)));
  const reads = useQueries({
    queries: inputs.map((input, place) => {
      const first = initial.find((one) => one?.networkId === input.networkId);
      return trpc.chain.getSigningStrips.queryOptions(input, {
        ...paces[place],
        ...(first ? { initialData: asSent(first) } : {}),
      });
    }),
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
