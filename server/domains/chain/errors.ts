import { conflict, forbidden, invalid, invalidState, notFound, upstreamRejected } from "@/server/kernel/errors";

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

/** 400: what was given is no file of the chain registry. */
export const registryUnreadable = (field: string, reason: string) =>
  invalid("chain.registry_unreadable", `This is not a file of the chain registry: ${reason}.`, {
    fieldErrors: { [field]: [reason] },
  });

/** 409: what newcomers are offered first cannot go before something else is. */
export const defaultNetworkKept = (chainId: string) =>
  conflict(
    "chain.default_network_kept",
    `${chainId} is what newcomers are offered first. Offer another network first, then retire it.`,
  );

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

/** 404: also for another organisation's. */
export const transactionNotFound = (transactionId: string) =>
  notFound("chain.transaction_not_found", "There is no such transaction.", { details: { transactionId } });

/** 403: what a browser keeps beside its pages is no place for coins of value. */
export const testWalletRefused = () =>
  forbidden(
    "chain.test_wallet_refused",
    "A browser test wallet is for a localnet alone. Sign in with Keplr, Leap or Cosmostation to use this network.",
  );

export const signerKeyInvalid = () => fieldInvalid("pubkey", "not the key of the wallet that must sign");
export const transactionUnreadable = () => fieldInvalid("txBytes", "not a signed transaction");
export const fieldInvalid = (field: string, message: string) =>
  invalid("chain.invalid_field", `${field}: ${message}`, { fieldErrors: { [field]: [message] } });

export const accountUnfunded = () =>
  conflict(
    "chain.account_unfunded",
    "This account has never received coins, so it cannot pay. Send it the stake and a fee, then try again.",
  );
export const balanceTooLow = (
  balanceBaseUnits: bigint,
  neededBaseUnits: bigint,
  inWords = (baseUnits: bigint): string => `${baseUnits} base units`,
) =>
  conflict(
    "chain.balance_too_low",
    `The account holds ${inWords(balanceBaseUnits)}; what it spends and the fee need ${inWords(neededBaseUnits)}. Send the rest, then try again.`,
    { details: { balanceBaseUnits: balanceBaseUnits.toString(), neededBaseUnits: neededBaseUnits.toString() } },
  );
export const gasAboveLimit = (gasLimit: bigint, ceiling: bigint) =>
  upstreamRejected("chain.gas_above_limit", `The transaction needs ${gasLimit} gas; the chain allows ${ceiling}.`);

export const transactionInFlight = (txHash: string | null) =>
  conflict(
    "chain.transaction_in_flight",
    "A signed transaction is on its way to the chain. Wait until the chain has answered.",
    {
      details: { txHash },
    },
  );

/** 409: two transactions of one account at once would have the same sequence, and the chain takes one of them. */
export const signerBusy = () =>
  conflict(
    "chain.signer_busy",
    "Another transaction of this account is on its way to the chain. Wait until the chain has answered, then prepare this one anew.",
  );

export const nothingPrepared = () =>
  conflict("chain.nothing_prepared", "No transaction is prepared for this. Prepare it, then sign what is shown.");

export const signedOtherBytes = (fields: string) =>
  invalid(
    "chain.signed_other_bytes",
    `The wallet returned another transaction than the one shown (${fields}). Nothing was sent. Sign again without changes.`,
    {
      details: { fields },
      fieldErrors: { txBytes: [fields] },
    },
  );

export const badTransactionSignature = () =>
  invalid(
    "chain.bad_signature",
    "The signature does not fit the transaction shown and this wallet. Nothing was sent. Sign again.",
    {
      fieldErrors: { txBytes: ["signature does not verify"] },
    },
  );

export const dripClaimed = () =>
  conflict(
    "chain.drip_claimed",
    "Coins were asked for under this Idempotency-Key before, and that has no answer yet or failed. Look at the balance; to ask again, send a new key.",
  );

/** 400: only a localnet's addresses may lead to where we are ourselves. */
export const addressRefused = (field: string, url: string, reason: string) =>
  invalid("chain.address_refused", `${url} is not asked: ${reason}`, { fieldErrors: { [field]: [reason] } });
