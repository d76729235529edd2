import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import { coinWords } from "@/lib/money";
import {
  buildDocument,
  keepDocument,
  networkOf,
  PreparedTransaction,
  transactionInFlight,
} from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { subjectOf } from "../constants";
import { notReadyToSign, preparedBefore, setupRequestNotFound, stakeBelowOnePower, stakeChanged } from "../errors";
import { maySign } from "../states";
import { noteEvent } from "../story/note-event";
import { readStakeStanding } from "./ask-chain";
import { assertHasNode, assertStays } from "./assert-has-node";
import { getSetupRequest } from "./get-setup-request";
import { lockSetup } from "./repository";
import { PrepareTransactionInput } from "./schemas";
import type { StakeStanding } from "./stake-standing";

type Bytes = Omit<Parameters<typeof keepDocument>[1], "subject" | "networkId" | "signerAddress" | "type">;

/** Keeps the exact bytes that the person is about to see; an unsigned document of before gives way. */
export const recordPrepared = defineChange(
  "validators.record-prepared-transaction",
  async (
    ctx: CommandCtx,
    {
      setupRequestId,
      stakeBaseUnits,
      ...bytes
    }: { readonly setupRequestId: string /** What the document bonds. */; readonly stakeBaseUnits?: string } & Bytes,
  ) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    if (setup.status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
    if (!maySign(setup.status)) throw notReadyToSign(setup.status);
    // The stake may have been changed while the chain was asked: a document of the former one is not kept.
    if (stakeBaseUnits !== undefined && stakeBaseUnits !== setup.selfDelegation.toString()) throw stakeChanged();
    await assertHasNode(ctx, setup);
    const { id: transactionId, fingerprint } = await keepDocument(ctx, {
      ...bytes,
      subject: subjectOf(setup.id),
      networkId: setup.networkId,
      signerAddress: setup.walletAddress,
      type: "create_validator",
    });
    await noteEvent(ctx, setup, {
      type: "activity",
      message: `Transaction prepared for signing (${bytes.fingerprint}).`,
      details: { fingerprint: bytes.fingerprint, transactionId },
    });
    return { transactionId, fingerprint };
  },
);

/** Said before signing: the chain takes such a stake all the same. */
const outsideSet = (
  { maxValidators, wouldRank, lowestBondedBaseUnits }: StakeStanding,
  inWords: (baseUnits: bigint) => string,
): string =>
  `The set of ${maxValidators} validators is full, and this stake would be number ${wouldRank}: the lowest in it has ${inWords(lowestBondedBaseUnits ?? 0n)}. The validator would exist and not sign until it has more.`;

/**
 * Builds the exact `MsgCreateValidator` transaction for the wallet to sign and keeps its bytes: what comes back is held against them.
 * @throws invalid_state validators.not_ready_to_sign, conflict validators.prepared_before, forbidden chain.test_wallet_refused, invalid validators.stake_below_one_power, conflict chain.balance_too_low, upstream_rejected chain.simulation_refused
 */
export const prepareTransaction = defineFlow<Ports>()({
  verb: "validators.prepare-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: PrepareTransactionInput,
  output: PreparedTransaction,
  run: async (ctx, input): Promise<PreparedTransaction> => {
    const { setupRequest: setup, node } = await getSetupRequest(ctx, { setupRequestId: input.setupRequestId });
    if (!maySign(setup.status) || setup.consensusPubkey === null) throw notReadyToSign(setup.status);
    if (setup.runMode === "cloud") assertStays(node);
    const { network, kind, displayDenom, denomExponent } = await networkOf(ctx, setup.networkId);
    const inWords = (baseUnits: bigint) => coinWords(baseUnits, { displayDenom, denomExponent });
    const stake = { denom: network.baseDenom, amountBaseUnits: BigInt(setup.selfDelegation) };
    const standing = await readStakeStanding(ctx.ports, network, stake.amountBaseUnits);
    if (standing.isBelowOnePower)
      throw stakeBelowOnePower(standing.powerReduction, inWords(standing.powerReduction), setup.selfDelegation);
    const message = createValidatorMessage({
      operatorAddress: setup.operatorAddress,
      consensusPubkeyBase64: setup.consensusPubkey,
      description: {
        moniker: setup.validatorName,
        identity: setup.identity,
        website: setup.website,
        securityContact: setup.securityContact,
        details: setup.description,
      },
      commission: {
        rate: setup.commissionRate,
        maxRate: setup.commissionMaxRate,
        maxChangeRate: setup.commissionMaxChangeRate,
      },
      minSelfDelegationBaseUnits: BigInt(setup.minSelfDelegation),
      selfDelegation: stake,
    });
    const { bodyBytesBase64, authInfoBytesBase64, signBytesBase64, ...shown } = await buildDocument(ctx, {
      network,
      kind,
      subject: subjectOf(setup.id),
      signerAddress: setup.walletAddress,
      pubkeyBase64: input.pubkey,
      signMode: input.signMode,
      messages: [message],
      spendsBaseUnits: stake.amountBaseUnits,
      denom: { displayDenom, denomExponent },
    });
    const { transactionId, fingerprint } = await recordPrepared(ctx, {
      setupRequestId: setup.id,
      stakeBaseUnits: setup.selfDelegation,
      signMode: input.signMode,
      bodyBytesBase64,
      authInfoBytesBase64,
      signBytesBase64,
      signerPubkeyBase64: input.pubkey,
      accountNumber: shown.accountNumber,
      sequence: shown.sequence,
      fingerprint: shown.fingerprint,
    });
    // Sequence and gas move: a request that was cut off after its document was kept cannot show these bytes for it.
    if (fingerprint !== shown.fingerprint) throw preparedBefore();
    return {
      ...shown,
      transactionId,
      bodyBytes: bodyBytesBase64,
      authInfoBytes: authInfoBytesBase64,
      signBytes: signBytesBase64,
      stakeBeforeBaseUnits: "0",
      stakeAfterBaseUnits: setup.selfDelegation,
      warnings: standing.wouldJoinSet ? [] : [outsideSet(standing, inWords)],
    };
  },
});
