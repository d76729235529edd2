import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { asc, inArray } from "drizzle-orm";
import { expect } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { signedTxBytes } from "@/lib/chain/build-transaction";
import { validatorJailed } from "@/server/domains/chain";
import { listSetupEvents, prepareTransaction, submitTransaction } from "@/server/domains/validators";
import { insertOutboxEvent } from "@/server/kernel/outbox";
import { eventually } from "../eventually";
import { readFakeChain } from "./fake-chains";
import type { KillStage, StagedSetup } from "./kill-stage";

const HEIGHT = "77";

const storyOf = async ({ person, setupRequestId }: StagedSetup) =>
  listSetupEvents(await person.ctx(), { setupRequestId, after: 0, limit: 500 });

/** Everybody signs what is prepared for them, with the wallet that asked for the validator. */
export async function signAll(setups: readonly StagedSetup[]): Promise<void> {
  for (const { person, setupRequestId } of setups) {
    const { pubkey } = await person.wallet.signBytes(new Uint8Array());
    const prepared = await prepareTransaction(await person.ctx(), { setupRequestId, pubkey, signMode: "direct" });
    const { signature } = await person.wallet.signBytes(fromBase64(prepared.signBytes));
    const txBytes = signedTxBytes({
      bodyBytes: fromBase64(prepared.bodyBytes),
      authInfoBytes: fromBase64(prepared.authInfoBytes),
      signature: fromBase64(signature),
    });
    await submitTransaction(await person.ctx(), { setupRequestId, txBytes: toBase64(txBytes) });
  }
}

/** On the chain each of them is one transaction and one validator with the node's key, and in our rows the same. */
export async function expectOneValidatorEach(stage: KillStage, setups: readonly StagedSetup[]): Promise<void> {
  const blocksTold = async () =>
    (await Promise.all(setups.map(storyOf))).map(
      (story) => story.filter(({ message }) => message.startsWith("The chain took the transaction")).length,
    );
  // The chain may show a validator, which makes its request active, before the look for its transaction was taken up again.
  await eventually("each story tells the block", async () => (await blocksTold()).every((count) => count > 0));
  const requests = await stage.setupRows(setups);
  const rows = await stage.runtime.db
    .select()
    .from(chainTransactions)
    .where(
      inArray(
        chainTransactions.subjectId,
        setups.map(({ setupRequestId }) => setupRequestId),
      ),
    )
    .orderBy(asc(chainTransactions.subjectId));
  expect(rows.map((row) => [row.subjectId, row.status])).toEqual(requests.map(({ id }) => [id, "included"]));
  const { transactions, validators } = readFakeChain(stage.fakes.chainFile);
  for (const [index, request] of requests.entries()) {
    const onChain = Object.entries(transactions).filter(([, one]) => one.operatorAddress === request.operatorAddress);
    expect(onChain.map(([txHash]) => txHash)).toEqual([request.chainTxHash]);
    expect(rows[index]).toMatchObject({
      txHash: request.chainTxHash,
      height: BigInt(onChain[0]?.[1].heightBlocks ?? 0),
    });
    expect(validators[request.operatorAddress]).toBe(request.consensusPubkey);
    expect(request).toMatchObject({ status: "active", errorMessage: null });
  }
  expect(await blocksTold()).toEqual(setups.map(() => 1));
}

/** The chain's news that each validator is jailed, as the watcher's record of it tells the others. */
export async function jail(stage: KillStage, setups: readonly StagedSetup[]): Promise<void> {
  const requests = await stage.setupRows(setups);
  await stage.runtime.db.transaction(async (tx) => {
    for (const { networkId, operatorAddress } of requests) {
      const data = { networkId, chainId: "omniphi-localnet-1", operatorAddress, heightBlocks: HEIGHT };
      await insertOutboxEvent(tx, { name: validatorJailed.name, data: validatorJailed.schema.parse(data) }, new Date());
    }
  });
}

/** Each story has the news in one line. */
export async function expectPenaltiesTold(setups: readonly StagedSetup[]): Promise<void> {
  const told = async (setup: StagedSetup) =>
    (await storyOf(setup)).filter(({ message }) => message.includes(`jailed the validator; seen at block ${HEIGHT}`));
  await eventually("the owners are told", async () =>
    (await Promise.all(setups.map(told))).every((one) => one.length > 0),
  );
  for (const setup of setups) expect(await told(setup)).toHaveLength(1);
}
