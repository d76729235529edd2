import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { chainDomain } from "../domain";
import { signerBusy, transactionInFlight } from "../errors";
import { isInFlight } from "../states";
import { transactionMachine } from "./machine";
import { insertDocument, isSignerBusy, listTransactionsOf, lockSigner, type TransactionRow } from "./repository";
import type { SignMode, TransactionSubject } from "./schemas";

/** A document as it is kept: whom and what it is for, and the bytes that were shown. */
export type Document = {
  readonly subject: TransactionSubject;
  readonly networkId: string;
  readonly signerAddress: string;
  /** Short name of what it does, e.g. `create_validator`. */
  readonly type: string;
  readonly signMode: SignMode;
  readonly bodyBytesBase64: string;
  readonly authInfoBytesBase64: string;
  readonly signBytesBase64: string;
  readonly signerPubkeyBase64: string;
  readonly accountNumber: string;
  readonly sequence: string;
  readonly fingerprint: string;
};

async function supersede(ctx: CommandCtx<string>, rows: readonly TransactionRow[]): Promise<void> {
  for (const former of rows.filter(({ status }) => status === "prepared")) {
    await move(ctx, transactionMachine, former, "superseded");
  }
}

/**
 * Takes back the unsigned document of a subject that changed, so that nobody can sign what is not wanted any more. Within the command of the subject's
 * domain, which holds the subject's lock.
 */
export const withdrawDocument = async (ctx: CommandCtx<string>, subject: TransactionSubject): Promise<void> =>
  supersede(ctx, await listTransactionsOf(ctx.tx, ctx.organizationId, subject));

/**
 * Keeps the exact bytes that the person is about to see; an unsigned document of before gives way. Within the command of the subject's domain,
 * which holds the subject's lock. @throws conflict chain.transaction_in_flight, chain.signer_busy
 */
export async function keepDocument(ctx: CommandCtx<string>, document: Document): Promise<TransactionRow> {
  const { subject, accountNumber, sequence, ...bytes } = document;
  const before = await listTransactionsOf(ctx.tx, ctx.organizationId, subject);
  const underWay = before.find(({ status }) => isInFlight(status));
  if (underWay) throw transactionInFlight(underWay.txHash);
  await lockSigner(ctx.tx, document);
  if (await isSignerBusy(ctx.tx, document)) throw signerBusy();
  await supersede(ctx, before);
  const row = await insertDocument(ctx.tx, {
    ...bytes,
    id: chainDomain.newId("transaction"),
    organizationId: ctx.organizationId,
    subjectKind: subject.kind,
    subjectId: subject.id,
    accountNumber: BigInt(accountNumber),
    sequence: BigInt(sequence),
    status: "prepared",
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
  ctx.audit({
    action: "chain.transaction.prepared",
    targetType: "transaction",
    targetId: row.id,
    details: { subject: `${subject.kind}:${subject.id}`, fingerprint: row.fingerprint, signMode: row.signMode },
  });
  return row;
}
