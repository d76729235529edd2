import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { chainTransactions, chainValidators } from "@/db/schema/chain";
import { find, recordBlocks } from "@/server/domains/chain";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { registerTestNetwork } from "../../support/factories/networks";
import { TEST_DOCUMENT } from "../../support/factories/validators";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const SET_HASH = "AB".repeat(32);
const BLOCK_HASH = "CD".repeat(32);
const TX_HASH = "EF".repeat(32);
const OPERATOR = `omnivaloper1${"q".repeat(38)}`;

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;

beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  const ctx = await runtime.ctx();
  const nowhere = "http://127.0.0.1:1";
  const facts = { chainId: "found-1" } as Parameters<typeof registerTestNetwork>[1]["facts"];
  const { id: networkId } = await registerTestNetwork(
    ctx,
    { facts, rpcUrl: nowhere, restUrl: nowhere },
    { status: "planned" },
  );
  await recordBlocks(ctx, {
    networkId,
    via: "polling",
    tipHeightBlocks: 12_345n,
    tipAt: new Date("2026-01-10T12:00:00Z"),
    sets: [{ setHash: SET_HASH, addresses: ["0A".repeat(20)], votingPowers: [1n], firstHeightBlocks: 12_345n }],
    blocks: [
      {
        heightBlocks: 12_345n,
        hash: BLOCK_HASH,
        blockAt: new Date("2026-01-10T12:00:00Z"),
        proposerAddressHex: "0A".repeat(20),
        setHash: SET_HASH,
        txCount: 2,
        signatures: "c",
      },
    ],
  });
  await runtime.db.insert(chainValidators).values({
    networkId,
    operatorAddress: OPERATOR,
    consensusPubkeyBase64: "AA==",
    consensusAddress: "omnivalcons1found",
    consensusAddressHex: "0A".repeat(20),
    moniker: "Aurora 100% North",
    status: "bonded",
    jailed: true,
    tombstoned: false,
    tokensBaseUnits: 5n,
    commissionRate: "0.1",
    syncedHeightBlocks: 12_345n,
    syncedAt: new Date("2026-01-10T12:00:00Z"),
  });
  await runtime.db.insert(chainTransactions).values({
    ...TEST_DOCUMENT,
    id: `vtx_${randomUUID()}`,
    organizationId: owner.organizationId,
    subjectKind: "setupRequest",
    subjectId: "val_1",
    networkId,
    signerAddress: owner.wallet.address,
    type: "create_validator",
    accountNumber: 1n,
    sequence: 1n,
    fingerprint: "0000",
    status: "included",
    txHash: TX_HASH,
    height: 12_345n,
    createdAt: new Date(),
    updatedAt: new Date(),
  });
});
afterAll(() => runtime.close());

const titles = async (person: SignedInPerson, words: string) =>
  (await find(await person.ctx(), { words })).items.map(({ kind, title, detail }) => `${kind}: ${title}, ${detail}`);

it("finds a recorded block by its height, as it is shown too, and by its hash", async () => {
  const block = "block: Block 12\u202f345, Local chain of the tests, 2026-01-10 12:00:00 UTC, 2 transactions";
  for (const words of ["12345", "12\u202f345", BLOCK_HASH, BLOCK_HASH.toLowerCase()]) {
    expect(await titles(owner, words)).toEqual([block]);
  }
  expect(await titles(owner, "12346")).toEqual([]);
});

it("finds a validator of the chain by name, operator and consensus address", async () => {
  const validator = "chain validator: Aurora 100% North, Local chain of the tests, jailed";
  for (const words of ["aurora", "100%", OPERATOR, "omnivalcons1found", "0a".repeat(20)]) {
    expect([words, await titles(stranger, words)]).toEqual([words, [validator]]);
  }
  expect(await titles(stranger, "%%")).toEqual([]);
});

it("finds a transaction for its own organisation alone", async () => {
  expect(await titles(owner, TX_HASH)).toEqual([
    "transaction: create validator, Local chain of the tests, included in block 12\u202f345",
  ]);
  expect(await titles(stranger, TX_HASH)).toEqual([]);
});
