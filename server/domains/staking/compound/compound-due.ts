import { wholeUnits } from "@/lib/chain/dec";
import { executeForMessage } from "@/lib/chain/messages/authz";
import { delegateMessage } from "@/lib/chain/messages/delegation";
import { withdrawDelegatorRewardMessage } from "@/lib/chain/messages/distribution";
import { acceptSigned, buildDocument, keepDocument, networkOf, silentNetworks } from "@/server/domains/chain";
import { findOrganizationSlug } from "@/server/domains/identity";
import { notify } from "@/server/domains/notifications";
import { actingFor, type CommandCtx, type ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import { move } from "@/server/kernel/machine";
import { pagesAfter } from "@/server/kernel/pages-after";
import { SweepPage } from "@/server/kernel/pages-by-id";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import {
  COMPOUND_ENDS,
  COMPOUND_EVERY_MINUTES,
  COMPOUND_WORTH_FEES,
  type CompoundEnd,
  type CompoundWait,
  subjectOfRun,
} from "../constants";
import { stakingDomain } from "../domain";
import { FRESH } from "../plan/plan";
import { compounderOf, signAsCompounder } from "./compounder";
import { decideCompound } from "./decide";
import { compoundMachine } from "./machine";
import { readGrant } from "./read-grant";
import { type CompoundRow, findOpenRun, insertRun, listDueCompounds, lockCompound, updateCompound } from "./repository";

const EVERY_MS = COMPOUND_EVERY_MINUTES * 60_000;
/** How soon a wallet is looked at again that could not be. */
const AGAIN_MS = 5 * 60_000;

/** Notes a look that staked nothing: why, and when the next one is. */
const noteLook = defineChange(
  "staking.note-compound-look",
  async (
    ctx: CommandCtx<string | null>,
    { compoundId, waitsFor, grantedUntil }: { compoundId: string; waitsFor: CompoundWait; grantedUntil: Date | null },
  ) => {
    const nextLookAt = new Date(ctx.now.getTime() + EVERY_MS);
    const until = grantedUntil === null ? {} : { grantedUntil };
    await updateCompound(ctx.tx, compoundId, { lookedAt: ctx.now, waitsFor, nextLookAt, ...until });
  },
  { telemetry: true },
);

/** Lets others go first: one of which the chain can say nothing, for whatever reason of its own, would else be the first of all at each look. */
const putOff = defineChange(
  "staking.put-off-compound",
  async (ctx: CommandCtx<string | null>, { compoundId }: { compoundId: string }) => {
    await updateCompound(ctx.tx, compoundId, { nextLookAt: new Date(ctx.now.getTime() + AGAIN_MS) });
  },
  { telemetry: true },
);

const endCompound = defineChange(
  "staking.end-compound",
  async (ctx: CommandCtx<string | null>, { compoundId, because }: { compoundId: string; because: CompoundEnd }) => {
    const row = await lockCompound(ctx.tx, null, compoundId);
    if (row === undefined || row.status === "ended") {
      ctx.audit({ action: "staking.compound.ended_before", targetType: "compound", targetId: compoundId });
      return;
    }
    await move(ctx, compoundMachine, row, "ended", { reason: because, patch: { lookedAt: ctx.now, waitsFor: null } });
    // It ends while nobody looks, and rewards pile up from then on.
    const slug = await findOrganizationSlug(ctx.tx, row.organizationId);
    await notify(ctx, {
      organizationId: row.organizationId,
      key: `${row.id}:ended`,
      threadKey: row.id,
      topic: "staking.compound",
      severity: "warning",
      phase: "note",
      title: "Compounding ended",
      body: `${row.delegatorAddress} with ${row.operatorAddress}: ${COMPOUND_ENDS[because]}`,
      links: slug ? [{ label: "Staking", path: `/o/${slug}/staking` }] : [],
    });
  },
);

type Built = Awaited<ReturnType<typeof buildDocument>>;
type Run = {
  readonly runId: string;
  readonly compound: CompoundRow;
  readonly built: Built;
  readonly compounder: { readonly address: string; readonly pubkeyBase64: string };
  readonly txBytes: string;
  readonly amountBaseUnits: bigint;
  readonly grantedUntil: Date | null;
};

/**
 * Keeps a compounding with its signed bytes, in one transaction and under the lock of its wish: before it nothing was done, after it the bytes are
 * kept and go out whoever dies. While one is on its way there is no second.
 */
const keepRun = defineChange("staking.keep-compound-run", async (ctx: CommandCtx<string>, run: Run) => {
  const { runId, built, compounder } = run;
  const row = await lockCompound(ctx.tx, ctx.organizationId, run.compound.id);
  if (row?.status !== "active" || (await findOpenRun(ctx.tx, row.id)) !== undefined) {
    ctx.audit({ action: "staking.compound.run_not_needed", targetType: "compound", targetId: run.compound.id });
    return { isSent: false };
  }
  const subject = subjectOfRun(runId);
  await keepDocument(ctx, {
    subject,
    networkId: row.networkId,
    signerAddress: compounder.address,
    type: "compound",
    signMode: "direct",
    bodyBytesBase64: built.bodyBytesBase64,
    authInfoBytesBase64: built.authInfoBytesBase64,
    signBytesBase64: built.signBytesBase64,
    signerPubkeyBase64: compounder.pubkeyBase64,
    accountNumber: built.accountNumber,
    sequence: built.sequence,
    fingerprint: built.fingerprint,
  });
  const { txHash } = await acceptSigned(ctx, { subject, txBytes: run.txBytes, chainId: built.chainId });
  await insertRun(ctx.tx, {
    id: runId,
    organizationId: ctx.organizationId,
    compoundId: row.id,
    amountBaseUnits: run.amountBaseUnits,
    feeBaseUnits: BigInt(built.feeBaseUnits),
    denom: row.denom,
    status: "sent",
    txHash,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
  await updateCompound(ctx.tx, row.id, {
    lookedAt: ctx.now,
    waitsFor: null,
    nextLookAt: new Date(ctx.now.getTime() + EVERY_MS),
    ...(run.grantedUntil === null ? {} : { grantedUntil: run.grantedUntil }),
  });
  ctx.audit({
    action: "staking.compound_run.sent",
    targetType: "compoundRun",
    targetId: runId,
    details: { compoundId: row.id, amountBaseUnits: run.amountBaseUnits.toString(), txHash },
  });
  return { isSent: true };
});

async function readFacts(chain: ChainNode, compound: CompoundRow) {
  const { delegatorAddress, operatorAddress, granteeAddress, denom } = compound;
  const [grant, paidTo, delegations, rewards, validator, status] = await Promise.all([
    readGrant(chain, { granterAddress: delegatorAddress, granteeAddress }, { operatorAddress, denom }, FRESH),
    chain.withdrawAddress(delegatorAddress, FRESH),
    chain.delegations(delegatorAddress, FRESH),
    chain.rewards(delegatorAddress, FRESH),
    chain.validatorByOperator(operatorAddress, FRESH).catch((thrown: unknown) => {
      if (isAppError(thrown) && thrown.kind === "not_found") return null;
      throw thrown;
    }),
    chain.status(FRESH),
  ]);
  const earned = rewards.byValidator.find((one) => one.operatorAddress === operatorAddress);
  return {
    grant,
    isPaidToItself: paidTo === delegatorAddress,
    hasStake: delegations.some((one) => one.operatorAddress === operatorAddress && one.amountBaseUnits > 0n),
    isBonded: validator?.status === "bonded" && !validator.jailed,
    rewardsBaseUnits: earned === undefined ? 0n : wholeUnits(earned.coins, denom),
    now: new Date(status.latestBlockAt),
    grantedUntil: compound.grantedUntil,
  };
}

/** What the chain answers to a document that it would not take, which another look may find different. */
const REFUSALS: ReadonlySet<string> = new Set([
  "chain.simulation_refused",
  "chain.balance_too_low",
  "chain.gas_above_limit",
]);

/** Looks at one wallet's rewards and does what its grant allows; says whether something was sent. */
async function compoundOne(ctx: ServiceCtx<Ports>, compound: CompoundRow): Promise<boolean> {
  if ((await findOpenRun(ctx.db, compound.id)) !== undefined) return false;
  const { network, kind } = await networkOf(ctx, compound.networkId);
  const chain = ctx.ports.chains.forNetwork(network);
  const facts = await readFacts(chain, compound);
  const grantedUntil = facts.grant.stakeExpiresAt === null ? null : new Date(facts.grant.stakeExpiresAt);
  const decision = decideCompound(facts);
  const compoundId = compound.id;
  const wait = (waitsFor: CompoundWait) => noteLook(ctx, { compoundId, waitsFor, grantedUntil });
  if (decision.do === "end") {
    await endCompound(ctx, { compoundId, because: decision.because });
    return false;
  }
  if (decision.do === "wait") {
    await wait(decision.because);
    return false;
  }
  const { amountBaseUnits } = decision;
  const { delegatorAddress, operatorAddress, denom } = compound;
  const compounder = await compounderOf(ctx, network);
  const own = actingFor(ctx, compound.organizationId);
  const runId = stakingDomain.newId("compoundRun");
  let built: Built;
  try {
    built = await buildDocument(own, {
      network,
      kind,
      subject: subjectOfRun(runId),
      signerAddress: compounder.address,
      pubkeyBase64: compounder.pubkeyBase64,
      signMode: "direct",
      messages: [
        executeForMessage({
          granteeAddress: compounder.address,
          messages: [
            withdrawDelegatorRewardMessage({ delegatorAddress, operatorAddress }),
            delegateMessage({ delegatorAddress, operatorAddress, amount: { denom, amountBaseUnits } }),
          ],
        }),
      ],
      spendsBaseUnits: 0n,
      feeGranterAddress: delegatorAddress,
    });
  } catch (thrown) {
    if (!isAppError(thrown) || !REFUSALS.has(thrown.code)) throw thrown;
    ctx.logger.warn({ compoundId, code: thrown.code, reason: thrown.message }, "staking.compound.not_built");
    await wait("staking.compound_not_built");
    return false;
  }
  const fee = BigInt(built.feeBaseUnits);
  if (fee > (facts.grant.feesLeftBaseUnits ?? 0n)) {
    await endCompound(ctx, { compoundId, because: "staking.compound_fees_used" });
    return false;
  }
  // The last of a limit is staked whatever it is worth: nothing would come after it.
  if (facts.rewardsBaseUnits < fee * COMPOUND_WORTH_FEES) {
    await wait("staking.compound_too_little");
    return false;
  }
  const txBytes = signAsCompounder(ctx.ports, compounder, built);
  const { isSent } = await keepRun(own, { runId, compound, built, compounder, txBytes, amountBaseUnits, grantedUntil });
  return isSent;
}

/** Whether the network's one account has a transaction on its way already, of whichever wallet. */
const isBusy = (thrown: unknown): boolean => isAppError(thrown) && thrown.code === "chain.signer_busy";

/**
 * Stakes again what wallets earned that granted it, as far as each grant goes and the fee is worth it. One account signs for a network, so that one
 * transaction of it is on its way at a time: the others are not even asked about, and come with the next ticks, the one that waits longest first.
 * Repeats safely, also after a death at any line.
 */
export const compoundDue = defineFlow<Ports>()({
  verb: "staking.compound-due",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const networks = silentNetworks(ctx.logger, "staking.compound.failed");
    const busy = new Set<string>();
    const asked = new Set<string>();
    let sent = 0;
    const by = ctx.now();
    const pages = pagesAfter<CompoundRow>(pageSize, (last) => listDueCompounds(ctx.db, { by, last, limit: pageSize }));
    for await (const page of pages) {
      for (const compound of page) {
        const { id: compoundId, networkId } = compound;
        if (busy.has(networkId)) continue;
        const isSent = await networks.ask(networkId, { compoundId }, async () => {
          asked.add(compoundId);
          try {
            return await compoundOne(ctx, compound);
          } catch (thrown) {
            if (!isBusy(thrown)) throw thrown;
            busy.add(networkId);
            return false;
          }
        });
        if (isSent === undefined && asked.has(compoundId)) await putOff(ctx, { compoundId });
        if (isSent !== true) continue;
        sent += 1;
        busy.add(networkId);
      }
    }
    return { sent };
  },
});
