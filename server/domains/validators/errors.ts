import {
  conflict,
  forbidden,
  invalid,
  invalidState,
  limitExceeded,
  notFound,
  paymentRequired,
  upstreamRejected,
} from "@/server/kernel/errors";
import type { SetupLimit } from "./constants";

/** No host takes or keeps the node; named by the requirements (omniphi 2.7). */
export const RUNTIME_UNAVAILABLE = "runtime_unavailable";

/** 404: also for another organisation's. */
export const setupRequestNotFound = (id: string) =>
  notFound("validators.setup_request_not_found", "There is no such setup request.", { details: { id } });
/** 404: nobody's, or one that its organisation does not show; the two are one answer. */
export const publicValidatorNotFound = () =>
  notFound("validators.public_validator_not_found", "There is no public page of such a validator here.");
/** 400: before the chain has it there is nothing to show. */
export const notOnChainYet = () =>
  invalidState(
    "validators.not_on_chain_yet",
    "The chain does not have this validator yet, so there is nothing to show. Publish its page once it does.",
  );
export const nodeNotFound = (id: string) =>
  notFound("validators.node_not_found", "There is no such node.", { details: { id } });

export const walletNotLinked = (address: string) =>
  forbidden("validators.wallet_not_linked", "This wallet is not linked to your account. Sign in with it first.", {
    details: { address },
  });

/** 409: one live setup or validator for each operator address. */
export const operatorTaken = (operatorAddress: string) =>
  conflict(
    "validators.operator_taken",
    "This wallet already has a validator, or one being set up, on this network. Open it, or use another wallet.",
    {
      details: { operatorAddress },
    },
  );

/** 422: this person or organisation has as many as one may have. */
export const tooManySetups = ({ of, state, max }: SetupLimit) => {
  const who = of === "person" ? "You have" : "This organisation has";
  const what = state === "unsigned" ? "validators being set up that nobody has signed for yet" : "validators";
  const next =
    state === "unsigned" ? "Sign for one of them or cancel it, then ask again." : "Ask the operator for more.";
  return limitExceeded("validators.too_many_setups", `${who} ${max} ${what}, as many as can be. ${next}`, {
    details: { limit: max, of, state },
  });
};

/** 402: a node is made only for whom could create the validator with it. */
export const coinsMissing = (has: bigint, needed: bigint, denom: string) =>
  paymentRequired(
    "validators.coins_missing",
    "This wallet does not hold the self-delegation and the fee, so no node is made yet. Send it the coins, then ask again.",
    { details: { balanceBaseUnits: has.toString(), neededBaseUnits: needed.toString(), denom } },
  );

export const fieldInvalid = (field: string, message: string) =>
  invalid("validators.invalid_field", `${field}: ${message}`, { fieldErrors: { [field]: [message] } });

/** 400: such a stake is locked and never signs: the chain would take it and its fee all the same. */
export const stakeBelowOnePower = (powerReduction: bigint, powerReductionWords: string, selfDelegation: string) =>
  invalid(
    "validators.stake_below_one_power",
    `This self-delegation is below one unit of voting power (${powerReductionWords}), so the validator would never join the set. Stake more.`,
    {
      details: { powerReduction: powerReduction.toString(), selfDelegation },
      fieldErrors: { selfDelegation: [`at least ${powerReductionWords}, one unit of voting power`] },
    },
  );

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
/** 400: its key can never sign again, so a running node would only cost. */
export const validatorOver = () =>
  invalidState(
    "validators.validator_over",
    "The chain will never take a signature of this validator's key again, so its node stays down. Set up a new validator.",
  );
/** 400: owners remove the node of what is over, nothing else. */
export const nodeStillNeeded = () =>
  invalidState(
    "validators.still_needed",
    "The chain has this validator, and it signs with this node alone. Stop the node instead.",
  );
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
const SIGN_STATE_SENTENCES = {
  missing: "The volume has lost its sign state. Starting it could sign a block twice, so it stays down.",
  lower:
    "The volume's sign state is older than the last one seen. Starting it could sign a block twice, so it stays down.",
  ahead:
    "The volume's sign state is above the chain's newest block, so it is not this chain's and the node could sign nothing. It stays down. Put back the sign state that belongs to this key.",
} as const;

export const signStateRefused = (reason: keyof typeof SIGN_STATE_SENTENCES) =>
  upstreamRejected("validators.sign_state_refused", SIGN_STATE_SENTENCES[reason], { details: { reason } });
export const nodeRemoved = () =>
  conflict(
    "validators.node_removed",
    "The node of this request was removed by an operator, so nothing would sign for the validator. Cancel the request, then set the validator up again.",
  );
/** 409: somebody changed the stake while the transaction was prepared. */
export const stakeChanged = () =>
  conflict("validators.stake_changed", "The self-delegation was changed meanwhile. Prepare the transaction anew.");
/** 409: the answer with the kept bytes was lost, and the bytes of now are others. */
export const preparedBefore = () =>
  conflict(
    "validators.prepared_before",
    "A transaction was prepared under this Idempotency-Key before, and its answer was lost. Ask for a new one with a new key.",
  );
/** 400: what the host does is not ours to do on a person's own machine. */
export const notOnOwnMachine = () =>
  invalid(
    "validators.local_mode",
    "This validator's node runs on a machine of your own, which we only observe. Stop, start or replace it there.",
  );
/** 400: the other way round. */
export const notInLocalMode = () =>
  invalid(
    "validators.not_in_local_mode",
    "This validator's node runs on a host of ours, which keeps its key. Only a node on your own machine is paired.",
  );
/** 409: the same key at two owners would sign twice. */
export const keyOfAnother = () =>
  conflict(
    "validators.key_of_another",
    "This consensus key belongs to another validator here, or this one has another key. Check that the machine runs the node that you mean.",
  );
export const keyUsedOnChain = () =>
  conflict(
    "validators.key_used_on_chain",
    "A validator on the chain uses this consensus key already. Make a new key for the new validator: one key that signs twice ends both.",
  );
export const keyNotProven = () =>
  invalid(
    "validators.key_not_proven",
    "The proof is not signed by the machine that was paired for this wallet, network and key. Pair the machine again, then let its agent prove the key.",
  );
const NOT_READY = {
  silent: "The machine has not reported for five minutes. Start its agent, then try again.",
  other_chain: "The node on the machine follows another chain. Start it with this network's genesis.",
  catching_up: "The node on the machine has not caught up with the chain yet. The proof is taken as soon as it has.",
} as const;
export const machineNotReady = (reason: keyof typeof NOT_READY) =>
  invalidState("validators.machine_not_ready", NOT_READY[reason], { details: { reason } });
/** 409: a machine reports for the wallet, network and key that it was paired for. */
export const machineBoundElsewhere = () =>
  conflict(
    "validators.machine_bound_elsewhere",
    "This machine was paired for another wallet or consensus key. Pair it again for this one.",
  );
export const heartbeatNotFound = () =>
  notFound("validators.heartbeat_not_found", "No machine of this organisation reports a node with this key.");
/** 409: a second signer of one key would end the validator. */
export const signsElsewhere = (machineName: string) =>
  conflict(
    "validators.signs_elsewhere",
    `The machine ${machineName} has signed with this validator's key in the last ten minutes, so the node stays down. Stop it there, wait ten minutes, then start here.`,
    { details: { machineName } },
  );

export const retriesUsedUp = () =>
  invalidState("validators.retries_used_up", "This request was tried as often as allowed. Start a new one.");
/** 409: who runs the platform keeps the node from being started. */
export const nodeHeld = (reason: string) =>
  conflict(
    "validators.node_held",
    `Whoever runs the platform holds this node back: ${reason} It can be started once they release it.`,
    { details: { reason } },
  );
export const alreadyHeld = () => invalidState("validators.already_held", "The node is held back already.");
export const notHeld = () => invalidState("validators.not_held", "Nobody holds this node back.");
