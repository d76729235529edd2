import { fromBase64 } from "@cosmjs/encoding";
import { decodeSignDoc } from "@/lib/chain/decode/decode-sign-doc";
import { buildDocument, fitMessages, getNetwork, keepDocument } from "@/server/domains/chain";
import { isOwnWallet } from "@/server/domains/identity";
import { actorName, type CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { type ActKind, subjectOf } from "../constants";
import { stakingDomain } from "../domain";
import { aminoUnsupported, notYourWallet, preparedBefore } from "../errors";
import type { Plan } from "../plan/plan";
import { planAct } from "../plan/plan-act";
import { plannerOf } from "../plan/planner-of";
import { PrepareActInput, PreparedAct } from "../schemas";
import { insertAct } from "./repository";

type Document = Omit<Parameters<typeof keepDocument>[1], "subject" | "type">;
type Prepared = Document &
  Pick<Plan, "operatorAddress" | "proposalId" | "amountBaseUnits"> & {
    readonly actId: string;
    readonly kind: ActKind;
    readonly denom: string;
    readonly feeBaseUnits: string;
    readonly sentences: readonly string[];
  };

/** Keeps the act with the exact bytes that the person is about to see. Nobody else knows its id yet, so that its row needs no lock. */
const recordPreparedAct = defineChange("staking.record-prepared-act", async (ctx: CommandCtx, prepared: Prepared) => {
  const { actId, kind, operatorAddress, proposalId, amountBaseUnits, denom, feeBaseUnits, sentences, ...document } =
    prepared;
  const row = await insertAct(ctx.tx, {
    id: actId,
    organizationId: ctx.organizationId,
    actor: actorName(ctx.actor),
    networkId: document.networkId,
    signerAddress: document.signerAddress,
    kind,
    operatorAddress,
    proposalId,
    amountBaseUnits,
    denom,
    feeBaseUnits: BigInt(feeBaseUnits),
    sentences,
    fingerprint: document.fingerprint,
    status: "prepared",
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
  const { id: transactionId } = await keepDocument(ctx, { ...document, subject: subjectOf(row.id), type: kind });
  ctx.audit({
    action: "staking.act.prepared",
    targetType: "act",
    targetId: row.id,
    details: { kind, signerAddress: row.signerAddress, fingerprint: row.fingerprint },
  });
  return { actId: row.id, transactionId, fingerprint: row.fingerprint };
});

/** The plan, or what of it one transaction holds: what is shown and kept is then of that part alone. */
async function asMuchAsFits(
  ports: Ports,
  signer: Omit<Parameters<typeof fitMessages>[1], "messages">,
  whole: Plan,
): Promise<Plan> {
  if (whole.shortened === undefined) return whole;
  const { length } = await fitMessages(ports, { ...signer, messages: whole.messages });
  return length === whole.messages.length ? whole : whole.shortened(length);
}

/**
 * Builds the exact transaction of an act for a wallet of the caller and keeps its bytes: what comes back is held against them. Every refusal of the
 * chain that can be known is said here, before a wallet is asked.
 * @throws forbidden staking.not_your_wallet, chain.test_wallet_refused, conflict staking.* of the act's kind, staking.prepared_before,
 * chain.signer_busy, chain.balance_too_low, upstream_rejected chain.simulation_refused
 */
export const prepareAct = defineFlow<Ports>()({
  verb: "staking.prepare-act",
  scope: "staking:write",
  tenancy: "organization",
  input: PrepareActInput,
  output: PreparedAct,
  run: async (ctx, input): Promise<PreparedAct> => {
    const { id: networkId, displayDenom, denomExponent } = await getNetwork(ctx, { networkId: input.networkId });
    const { signerAddress, act } = input;
    const planner = await plannerOf(ctx, { networkId, address: signerAddress, field: "signerAddress" });
    if (!(await isOwnWallet(ctx, { address: signerAddress }))) throw notYourWallet();
    const whole = await planAct(ctx, planner, act);
    if (whole.isDirectOnly === true && input.signMode === "amino") throw aminoUnsupported();
    const { network, kind } = planner;
    const signer = { network, signerAddress, pubkeyBase64: input.pubkey };
    const plan = await asMuchAsFits(ctx.ports, signer, whole);
    const actId = stakingDomain.newId("act");
    const { bodyBytesBase64, authInfoBytesBase64, signBytesBase64, ...shown } = await buildDocument(ctx, {
      ...signer,
      kind,
      subject: subjectOf(actId),
      signMode: input.signMode,
      messages: plan.messages,
      spendsBaseUnits: plan.spendsBaseUnits,
      denom: { displayDenom, denomExponent },
    });
    const denoms = [{ base: network.baseDenom, display: displayDenom, exponent: denomExponent }];
    const kept = await recordPreparedAct(ctx, {
      actId,
      kind: act.kind,
      networkId,
      signerAddress,
      operatorAddress: plan.operatorAddress,
      proposalId: plan.proposalId,
      amountBaseUnits: plan.amountBaseUnits,
      denom: network.baseDenom,
      feeBaseUnits: shown.feeBaseUnits,
      sentences: decodeSignDoc(fromBase64(signBytesBase64), { denoms }).messages.map(({ title }) => title),
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
    if (kept.fingerprint !== shown.fingerprint) throw preparedBefore();
    return {
      ...shown,
      actId: kept.actId,
      transactionId: kept.transactionId,
      bodyBytes: bodyBytesBase64,
      authInfoBytes: authInfoBytesBase64,
      signBytes: signBytesBase64,
      changes: [...plan.changes],
      leftOut: whole.messages.length - plan.messages.length,
    };
  },
});
