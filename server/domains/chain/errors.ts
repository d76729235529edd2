import { conflict, invalidState, notFound, upstreamRejected } from "@/server/kernel/errors";

/** 404: no network of this id or chain id. */
export const networkNotFound = (networkId: string) =>
  notFound("chain.network_not_found", "There is no such network here. Choose one of the list.", {
    details: { networkId },
  });

/** 404: the watcher has not seen this validator on the network. */
export const validatorNotMirrored = (networkId: string) =>
  notFound("chain.validator_not_found", "No validator of this address has been seen on this network.", {
    details: { networkId },
  });

/** 404: the network has no such URL. */
export const endpointNotFound = (url: string) =>
  notFound("chain.endpoint_not_found", "This network has no such endpoint.", { details: { url } });

/** 409: an endpoint that was given belongs to another chain; nothing was kept. */
export const endpointOfOtherChain = (url: string, chainId: string) =>
  conflict(
    "chain.endpoint_of_other_chain",
    `The endpoint ${url} does not belong to ${chainId}. Correct it; nothing was changed.`,
    {
      details: { url, chainId },
    },
  );

/** 409: blocks would be recorded over a hole. */
export const blocksNotContiguous = (expected: bigint, given: bigint) =>
  invalidState("chain.blocks_not_contiguous", "Blocks are recorded without a hole; fill it or record the gap first.", {
    details: { expectedHeightBlocks: expected.toString(), givenHeightBlocks: given.toString() },
  });

/** 409: a recorded block has another hash now: this is another chain under the same id, or a fork. */
export const historyMismatch = (heightBlocks: bigint) =>
  conflict(
    "chain.history_mismatch",
    "The chain tells another history than the one recorded. Check the network's endpoints.",
    {
      details: { heightBlocks: heightBlocks.toString() },
    },
  );

/** 502: signatures do not fit the set that they are of. */
export const signaturesUnfit = (heightBlocks: bigint) =>
  upstreamRejected("chain.signatures_unfit", "The chain's node told signatures that do not fit its validator set.", {
    details: { heightBlocks: heightBlocks.toString() },
  });

/** 409: the chain has not been read yet. */
export const notSyncedYet = (networkId: string) =>
  invalidState(
    "chain.not_synced",
    "This network has not been read yet. It is followed as soon as an endpoint answers.",
    {
      details: { networkId },
    },
  );

/** 409: only the records of a chain that is made anew on this machine may be thrown away. */
export const notALocalnet = (chainId: string) =>
  invalidState("chain.not_a_localnet", `${chainId} is not a local chain; its records stay.`, { details: { chainId } });
