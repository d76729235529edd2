import {
  conflict,
  forbidden,
  invalid,
  invalidState,
  limitExceeded,
  notFound,
  upstreamRejected,
} from "@/server/kernel/errors";

/** No host takes or keeps the node; named by the requirements (omniphi 2.7). */
export const RUNTIME_UNAVAILABLE = "runtime_unavailable";

/** 404: also for another organisation's. */
export const setupRequestNotFound = (id: string) =>
  notFound("validators.setup_request_not_found", "There is no such setup request.", { details: { id } });
export const nodeNotFound = (id: string) =>
  notFound("validators.node_not_found", "There is no such node.", { details: { id } });

export const walletNotLinked = (address: string) =>
  forbidden("validators.wallet_not_linked", "This wallet is not linked to your account. Sign in with it first.", {
    details: { address },
  });

/** 403: what a browser keeps beside its pages is no place for coins of value. */
export const testWalletRefused = () =>
  forbidden(
    "validators.test_wallet_refused",
    "A browser test wallet is for a localnet alone. Sign in with Keplr, Leap or Cosmostation to use this network.",
  );

/** 409: one live setup or validator for each operator address. */
export const operatorTaken = (operatorAddress: string) =>
  conflict(
    "validators.operator_taken",
    "This wallet already has a validator, or one being set up, on this network. Open it, or use another wallet.",
    {
      details: { operatorAddress },
    },
  );

export const fieldInvalid = (field: string, message: string) =>
  invalid("validators.invalid_field", `${field}: ${message}`, { fieldErrors: { [field]: [message] } });

export const tierNotAllowed = (tierCode: string) =>
  limitExceeded(
    "validators.tier_below_minimum",
    `Size ${tierCode} is below this network's own minimum hardware. Choose a larger one.`,
    {
      details: { tierCode },
      fieldErrors: { tierCode: ["below the network's minimum hardware"] },
    },
  );

export const alreadyStopped = () => invalidState("validators.already_stopped", "The node is stopped already.");
export const alreadyRunning = () => invalidState("validators.already_running", "The node is running already.");
export const operationUnderWay = (operation: string) =>
  conflict(
    "validators.operation_under_way",
    `Another operation (${operation}) is under way on this node. Wait until it ends.`,
    {
      details: { operation },
    },
  );
export const superseded = () =>
  conflict("validators.superseded", "A newer attempt or a cancellation took over; this work stops here.");

export const notReadyToSign = (status: string) =>
  invalidState(
    "validators.not_ready_to_sign",
    `The request is ${status}; a transaction can be prepared once the node is ready.`,
    { details: { status } },
  );
export const transactionInFlight = (txHash: string | null) =>
  conflict(
    "validators.transaction_in_flight",
    "A signed transaction is on its way to the chain. Wait until the chain has answered.",
    {
      details: { txHash },
    },
  );
export const nothingPrepared = () =>
  conflict(
    "validators.nothing_prepared",
    "No transaction is prepared for this request. Prepare it, then sign what is shown.",
  );
export const signedOtherBytes = (fields: string) =>
  invalid(
    "validators.signed_other_bytes",
    `The wallet returned another transaction than the one shown (${fields}). Nothing was sent. Sign again without changes.`,
    {
      details: { fields },
      fieldErrors: { txBytes: [fields] },
    },
  );
export const badTransactionSignature = () =>
  invalid(
    "validators.bad_signature",
    "The signature does not fit the transaction shown and this wallet. Nothing was sent. Sign again.",
    {
      fieldErrors: { txBytes: ["signature does not verify"] },
    },
  );

export const keyMismatch = () =>
  upstreamRejected(
    "validators.key_mismatch",
    "The running node uses another key than the one in its volume. Nothing may be signed for it; start over with a new setup.",
  );
export const clockSkewed = (skewSeconds: number) =>
  upstreamRejected(
    "validators.clock_skewed",
    `The node's clock is ${Math.abs(skewSeconds)} seconds ${skewSeconds > 0 ? "ahead of" : "behind"} ours. A validator with a wrong clock disturbs the chain, so it does not join. Set the host's clock, then try again.`,
    { details: { skewSeconds } },
  );
export const signStateRefused = (reason: "missing" | "lower") =>
  upstreamRejected(
    "validators.sign_state_refused",
    reason === "missing"
      ? "The volume has lost its sign state. Starting it could sign a block twice, so it stays down."
      : "The volume's sign state is older than the last one seen. Starting it could sign a block twice, so it stays down.",
    { details: { reason } },
  );
export const retriesUsedUp = () =>
  invalidState("validators.retries_used_up", "This request was tried as often as allowed. Start a new one.");
export const dripClaimed = () =>
  conflict(
    "validators.drip_claimed",
    "Coins were asked for under this Idempotency-Key before, and that has no answer yet or failed. Look at the balance; to ask again, send a new key.",
  );
