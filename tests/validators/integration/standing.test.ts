import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chainValidators } from "@/db/schema/chain";
import { auditEvents, outboxEvents } from "@/db/schema/system";
import { validatorNodes, validatorSetupRequests, validatorVolumes } from "@/db/schema/validators";
import { consensusAddressHexOf, consensusAddressOf } from "@/lib/chain/key-address";
import { listChainEvents, recordBlocks, recordChainFacts } from "@/server/domains/chain";
import {
  getOnChain,
  getSetupRequest,
  listAttention,
  listSetupEvents,
  listSetupRequests,
  retireValidators,
  startNode,
  terminateNode,
} from "@/server/domains/validators";
import { STANDINGS } from "@/server/domains/validators/constants";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestNodeRow, createTestSetup } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { writeFakeChain } from "@/tests/support/validators/fake-chains";
import { fakeSetupControl, fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";
import { LOOKED_AT_PARAMS } from "../../support/looked-at-params";

type Seen = Parameters<typeof recordChainFacts>[1]["validators"][number];

let runtime: TestRuntime;
let networkId: string;
const dir = mkdtempSync(join(tmpdir(), "omniphi-standing-"));
const chainFile = () => fakeSetupControl(dir).chainFile;
let height = 100;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(dir) });
  ({ networkId } = await createTestNetwork(runtime));
});
afterAll(() => runtime?.close());

/** What the chain shows to everybody; a look is the watcher's, the fake is what is asked directly. */
const shown = new Map<string, Seen>();
beforeEach(async () => {
  shown.clear();
  writeFakeChain(chainFile(), { isDown: false, heightBlocks: 1_000_000, validators: {} });
});

async function look(): Promise<void> {
  height += 1;
  await recordChainFacts(await runtime.ctx(), {
    networkId,
    heightBlocks: BigInt(height),
    ...LOOKED_AT_PARAMS,
    upgradePlan: null,
    validators: [...shown.values()],
  });
}

/** A validator that the chain has, with a running node; `show` changes what a look finds of it. */
async function validator() {
  const person = await createPerson(runtime);
  const { setupRequestId, setup } = await createTestSetup(person, networkId);
  const { organizationId } = person;
  const { nodeId } = await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
  const consensusPubkey = randomBytes(32).toString("base64");
  await runtime.db
    .update(validatorNodes)
    .set({ status: "synced", desiredState: "running", lastSeenAt: new Date() })
    .where(eq(validatorNodes.id, nodeId));
  await runtime.db
    .update(validatorSetupRequests)
    .set({ status: "active", consensusPubkey, completedAt: new Date() })
    .where(eq(validatorSetupRequests.id, setupRequestId));
  const { operatorAddress } = setup;
  const base: Seen = {
    operatorAddress,
    consensusPubkeyBase64: consensusPubkey,
    consensusAddress: consensusAddressOf(consensusPubkey, "omnivalcons"),
    consensusAddressHex: consensusAddressHexOf(consensusPubkey),
    moniker: "A test validator",
    status: "bonded",
    jailed: false,
    tombstoned: false,
    jailedUntil: null,
    tokensBaseUnits: 1_000_000_000n,
    delegatorShares: "1000000000",
    commissionRate: "0.1",
    profile: { identity: "", website: "", securityContact: "", details: "" },
    missedBlocks: 0,
    signingStartHeightBlocks: 1n,
  };
  const show = (change: Partial<Seen>) =>
    shown.set(operatorAddress, { ...base, ...shown.get(operatorAddress), ...change });
  show({});
  const standing = async () => (await getSetupRequest(await person.ctx(), { setupRequestId })).setupRequest.standing;
  const chainHas = (validators: Record<string, string>) => writeFakeChain(chainFile(), { validators });
  const row = async () => {
    const rows = await runtime.db
      .select()
      .from(validatorSetupRequests)
      .where(eq(validatorSetupRequests.id, setupRequestId));
    return rows[0];
  };
  const audited = (action: string) =>
    runtime.db.$count(auditEvents, and(eq(auditEvents.targetId, setupRequestId), eq(auditEvents.action, action)));
  return { person, setupRequestId, nodeId, operatorAddress, consensusPubkey, show, standing, chainHas, row, audited };
}

describe("what the chain holds of a validator", () => {
  const RATES = { commissionMaxRate: "0.2", commissionMaxChangeRate: "0.01" };

  it("is what the watcher read, with the age of that, and asked of the chain itself once that is old or was never whole", async () => {
    const own = await validator();
    const ask = async () => {
      const { person, setupRequestId } = own;
      return getOnChain(await person.ctx(), { setupRequestId });
    };
    own.chainHas({ [own.operatorAddress]: own.consensusPubkey });
    await look();
    // Kept by a release that did not read the rates: the chain is asked.
    expect((await ask()).validator?.tokensBaseUnits).not.toBe("1000000000");
    own.show({ ...RATES, tokensBaseUnits: 3_000_000n });
    await look();
    const ofOwn = eq(chainValidators.operatorAddress, own.operatorAddress);
    const [kept] = await runtime.db.select().from(chainValidators).where(ofOwn);
    writeFakeChain(chainFile(), { isDown: true });
    expect(await ask()).toMatchObject({
      readAt: kept?.syncedAt.toISOString(),
      validator: { ...RATES, tokensBaseUnits: "3000000", consensusPubkey: own.consensusPubkey, status: "bonded" },
    });
    await runtime.db
      .update(chainValidators)
      .set({ syncedAt: new Date(Date.now() - 31_000) })
      .where(ofOwn);
    await expect(ask()).rejects.toMatchObject({ code: "chain.unavailable" });
    writeFakeChain(chainFile(), { isDown: false });
    expect(Date.parse((await ask()).readAt)).toBeGreaterThan(Date.now() - 5_000);
  });

  it("is nothing where a look found it gone and the chain has none", async () => {
    const own = await validator();
    own.show(RATES);
    await look();
    shown.delete(own.operatorAddress);
    await look();
    own.chainHas({});
    const answer = await getOnChain(await own.person.ctx(), { setupRequestId: own.setupRequestId });
    expect(answer.validator).toBeNull();
  });
});

const retire = async () => retireValidators(await runtime.ctx(), {});

describe("how a validator stands", () => {
  it("is the chain's word in view, list, filter and attention, and not the node's", async () => {
    const own = await validator();
    const until = new Date(Date.now() + 600_000);
    await look();
    own.show({ jailed: true, status: "unbonding", jailedUntil: until.toISOString(), missedBlocks: 0 });
    await look();
    expect(await own.standing()).toMatchObject({
      state: "jailed",
      nodeState: "synced",
      jail: { until: until.toISOString(), cause: "downtime", mayUnjail: false },
    });
    const ctx = await own.person.ctx();
    for (const standing of STANDINGS) {
      const { items } = await listSetupRequests(ctx, { standing });
      expect(items.map(({ setupRequest }) => setupRequest.id)).toEqual(
        standing === "jailed" ? [own.setupRequestId] : [],
      );
    }
    const { items } = await listAttention(ctx, {});
    expect(items).toMatchObject([
      { id: own.setupRequestId, state: "danger", sentence: expect.stringMatching(/^Jailed/) },
    ]);
    // Nobody else's list is filtered into it, and theirs is empty.
    const other = await createPerson(runtime);
    expect((await listSetupRequests(await other.ctx(), { standing: "jailed" })).items).toEqual([]);
  });

  it("counts the blocks of now: one that signs again signs, with what it missed", async () => {
    const own = await validator();
    await look();
    const ctx = await runtime.ctx();
    const addressHex = consensusAddressHexOf(own.consensusPubkey);
    const sign = (from: number, letters: string) =>
      recordBlocks(ctx, {
        networkId,
        via: "polling",
        tipHeightBlocks: BigInt(from + letters.length),
        tipAt: new Date().toISOString(),
        sets: [{ setHash: "AA", addresses: [addressHex], votingPowers: [1n], firstHeightBlocks: 1n }],
        blocks: [...letters].map((letter, index) => ({
          heightBlocks: BigInt(from + index),
          hash: (from + index).toString(16).toUpperCase().padStart(4, "0"),
          blockAt: new Date(Date.now() - (letters.length - index) * 1_000).toISOString(),
          proposerAddressHex: addressHex,
          setHash: "AA",
          txCount: 0,
          signatures: letter,
        })),
      });
    await sign(1, "cccaa");
    expect(await own.standing()).toMatchObject({ state: "missing", blocks: { asked: 5, missed: 2, missedInRow: 2 } });
    await sign(6, "c");
    expect(await own.standing()).toMatchObject({
      state: "signing",
      blocks: { asked: 6, missed: 2, missedInRow: 0 },
      misses: { left: 114, allowed: 114, windowBlocks: 120 },
    });
  });
});

describe("what the chain does to a validator", () => {
  it("is told with cause, end and amount, each once", async () => {
    const own = await validator();
    await look();
    const until = new Date(Date.now() + 600_000).toISOString();
    own.show({ jailed: true, status: "unbonding", jailedUntil: until, tokensBaseUnits: 999_900_000n });
    await look();
    await look();
    own.show({ jailed: false, status: "bonded", moniker: "Another name", commissionRate: "0.11" });
    await look();
    await retire();
    // Delegations change shares and tokens alike, and are no slash.
    own.show({ tokensBaseUnits: 1_999_800_000n, delegatorShares: "2000000000" });
    await look();
    const { operatorAddress } = own;
    const events = (await listChainEvents(await own.person.ctx(), { networkId, operatorAddress })).toReversed();
    expect(events.map(({ kind }) => kind)).toEqual([
      "validator_created",
      "validator_bonded",
      "validator_left_set",
      "validator_jailed",
      "validator_slashed",
      "validator_bonded",
      "validator_unjailed",
      "validator_edited",
      "validator_stake_changed",
    ]);
    expect(events.find(({ kind }) => kind === "validator_slashed")?.details).toMatchObject({
      amountBaseUnits: "100000",
      tokensBeforeBaseUnits: "1000000000",
      cause: "downtime",
    });
    expect(events.at(-1)?.details).toMatchObject({ changeBaseUnits: "999900000", tokensBaseUnits: "1999800000" });
    expect(events.at(-2)?.details).toMatchObject({
      monikerFrom: "A test validator",
      monikerTo: "Another name",
      commissionFrom: "0.1",
      commissionTo: "0.11",
    });
    const sent = await runtime.db.select().from(outboxEvents);
    const names = sent.flatMap(({ name, payload }) =>
      (payload as { operatorAddress?: string }).operatorAddress === operatorAddress ? [name] : [],
    );
    expect(names).toEqual(
      expect.arrayContaining(["chain/validator.jailed", "chain/validator.slashed", "chain/validator.edited"]),
    );
  });
});

describe("a validator that the chain has no more", () => {
  const gone = async () => {
    const own = await validator();
    await look();
    shown.delete(own.operatorAddress);
    await look();
    await look();
    return own;
  };

  it("ends, once, by two sweeps at a time; its wallet is free, its node is stopped, its key is kept", async () => {
    const own = await gone();
    expect((await own.standing()).state).toBe("gone");
    await Promise.all([retire(), retire()]);
    expect(await own.row()).toMatchObject({ status: "ended", errorCode: "validators.gone_from_chain" });
    expect(await own.audited("validators.setup_request.ended")).toBe(1);
    const [node] = await runtime.db.select().from(validatorNodes).where(eq(validatorNodes.id, own.nodeId));
    expect(node).toMatchObject({ desiredState: "stopped", operation: "stop" });
    const [volume] = await runtime.db
      .select()
      .from(validatorVolumes)
      .where(eq(validatorVolumes.setupRequestId, own.setupRequestId));
    expect(volume?.removedAt).toBeNull();
    const ctx = await own.person.ctx();
    const story = await listSetupEvents(ctx, { setupRequestId: own.setupRequestId });
    expect(story.filter(({ message }) => message.startsWith("The chain has this validator no more"))).toHaveLength(1);
    // The wallet is free for another one, and both stand in the list.
    await createTestSetup(own.person, networkId);
    expect((await listSetupRequests(ctx, {})).items).toHaveLength(2);
    await expect(createTestSetup(own.person, networkId)).rejects.toMatchObject({ code: "validators.operator_taken" });
  });

  it("does not end by a read that fails, by one look, or while the chain still shows it", async () => {
    const own = await gone();
    writeFakeChain(chainFile(), { isDown: true });
    await retire();
    expect((await own.row())?.status).toBe("active");
    writeFakeChain(chainFile(), { isDown: false });
    own.chainHas({ [own.operatorAddress]: own.consensusPubkey });
    await retire();
    expect((await own.row())?.status).toBe("active");
    // An endpoint that is behind the looks is no witness.
    writeFakeChain(chainFile(), { validators: {}, heightBlocks: 1 });
    await retire();
    expect((await own.row())?.status).toBe("active");

    const fresh = await validator();
    await look();
    shown.delete(fresh.operatorAddress);
    await look();
    writeFakeChain(chainFile(), { validators: {}, heightBlocks: 1_000_000 });
    await retire();
    expect((await fresh.row())?.status).toBe("active");
    await look();
    await retire();
    expect((await fresh.row())?.status).toBe("ended");
  });

  it("ends where its operator was made anew with another key, and stays where it came back with its own", async () => {
    const own = await gone();
    own.show({});
    await look();
    own.chainHas({ [own.operatorAddress]: own.consensusPubkey });
    await retire();
    expect((await own.row())?.status).toBe("active");
    const another = randomBytes(32).toString("base64");
    own.show({ consensusPubkeyBase64: another });
    await look();
    own.chainHas({ [own.operatorAddress]: another });
    expect((await own.standing()).state).toBe("gone");
    await retire();
    expect(await own.row()).toMatchObject({ status: "ended", errorCode: "validators.replaced_on_chain" });
  });

  it("lets its owner remove the node, never start it, and gives the slot back afterwards", async () => {
    const own = await validator();
    const ctx = await own.person.ctx();
    const { setupRequestId } = own;
    await expect(terminateNode(ctx, { setupRequestId })).rejects.toMatchObject({ code: "validators.still_needed" });
    await look();
    shown.delete(own.operatorAddress);
    await look();
    await look();
    await retire();
    const setNode = (patch: Partial<typeof validatorNodes.$inferInsert>) =>
      runtime.db.update(validatorNodes).set(patch).where(eq(validatorNodes.id, own.nodeId));
    await setNode({ status: "stopped", operation: null });
    await expect(startNode(ctx, { setupRequestId })).rejects.toMatchObject({ code: "validators.validator_over" });
    await terminateNode(ctx, { setupRequestId });
    await retire();
    expect((await own.row())?.releasedAt).toBeNull();
    await setNode({ status: "terminated", operation: null });
    await retire();
    await retire();
    expect((await own.row())?.releasedAt).not.toBeNull();
    expect(await own.audited("validators.setup_request.released")).toBe(1);
  });
});

it("says of a node that is started in jail that it signs nothing until its owner unjails it", async () => {
  const own = await validator();
  await look();
  own.show({ jailed: true, status: "unbonding" });
  await look();
  const where = eq(validatorNodes.id, own.nodeId);
  await runtime.db.update(validatorNodes).set({ status: "stopped", operation: null }).where(where);
  const { setupRequestId } = own;
  const ctx = await own.person.ctx();
  expect((await startNode(ctx, { setupRequestId })).message).toMatch(/signs nothing until its owner unjails it/);
  const story = await listSetupEvents(ctx, { setupRequestId });
  expect(story.at(-1)?.message).toMatch(/^Start requested\. The validator is jailed/);
});

it("stops the node of a key that was shut out for signing twice, keeps it on show, and never starts it again", async () => {
  const own = await validator();
  await look();
  own.show({ jailed: true, tombstoned: true, status: "unbonding" });
  await look();
  await retire();
  await retire();
  expect(await own.standing()).toMatchObject({ state: "tombstoned", jail: { cause: "double_sign", mayUnjail: false } });
  expect((await own.row())?.status).toBe("active");
  const where = eq(validatorNodes.id, own.nodeId);
  expect((await runtime.db.select().from(validatorNodes).where(where))[0]).toMatchObject({ operation: "stop" });
  await runtime.db.update(validatorNodes).set({ status: "stopped", operation: null }).where(where);
  const start = startNode(await own.person.ctx(), { setupRequestId: own.setupRequestId });
  await expect(start).rejects.toMatchObject({ code: "validators.validator_over" });
});
