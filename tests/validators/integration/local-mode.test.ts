import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents, rateLimits } from "@/db/schema/system";
import {
  localValidatorHeartbeats,
  localValidatorSamples,
  provisioningEvents,
  validatorNodes,
  validatorSetupRequests,
} from "@/db/schema/validators";
import {
  beginMachinePairing,
  cancelSetupRequest,
  confirmMachinePairing,
  getSetupRequest,
  listByWallet,
  prepareTransaction,
  pruneReports,
  redeployNode,
  startNode,
  stopNode,
} from "@/server/domains/validators";
import { recordPrepared } from "@/server/domains/validators/requests/prepare-transaction";
import { CreateSetupRequestInput } from "@/server/domains/validators/requests/schemas";
import { addMachine, createPairedMachine, type PairedMachine, pairMachine } from "../../support/factories/agents";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign, TEST_DOCUMENT } from "../../support/factories/validators";
import { randomConsensusPubkey } from "../../support/test-machine";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

const HEARTBEAT = "/api/v1/validators/heartbeat";
let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-local-"))) });
  ({ networkId } = await createTestNetwork(runtime));
});
beforeEach(() => runtime.db.delete(rateLimits));
afterAll(() => runtime.close());

const beat = async ({ machine, report }: PairedMachine, change: object = {}) => {
  await runtime.db.delete(rateLimits);
  return machine.post(HEARTBEAT, report(change));
};
const prove = async (
  { machine, setupRequestId, consensusPubkey }: PairedMachine,
  generation = 1,
  change: object = {},
) => {
  const claim = { setupRequestId, generation, consensusPubkey };
  return machine.post(`/api/v1/validators/setup-requests/${setupRequestId}/local-key`, {
    consensusPubkey,
    proof: machine.proofOf(claim),
    ...change,
  });
};
const viewOf = async (person: SignedInPerson, setupRequestId: string) =>
  getSetupRequest(await person.ctx(), { setupRequestId });
const storyOf = async (setupRequestId: string) =>
  (await runtime.db.select().from(provisioningEvents).where(eq(provisioningEvents.setupRequestId, setupRequestId))).map(
    ({ message }) => message,
  );

describe("a request in local mode", () => {
  it("takes no region, size or host, and holds no slot", async () => {
    const whole = {
      walletAddress: `omni1${"q".repeat(38)}`,
      validatorName: "A validator",
      commissionRate: "0.1",
      selfDelegation: "1000000",
      runMode: "local",
    };
    expect(CreateSetupRequestInput.safeParse(whole).success).toBe(true);
    const placed = CreateSetupRequestInput.safeParse({ ...whole, regionCode: "us-east", tierCode: "small" });
    expect(placed.error?.issues.map(({ path }) => path.join("."))).toEqual(["regionCode", "tierCode"]);
  });

  it("goes from pending to the signature when its machine proves the key, and shows the machine", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    const { setupRequestId, consensusPubkey } = paired;
    expect((await viewOf(person, setupRequestId)).setupRequest.status).toBe("pending");
    const answer = await beat(paired);
    expect(answer.body.setup).toEqual({ setupRequestId, generation: 1, status: "pending", wantsKeyProof: true });
    const proven = await prove(paired);
    expect([proven.status, proven.body.status, proven.body.consensusPubkey]).toEqual([
      200,
      "ready_for_chain_tx",
      consensusPubkey,
    ]);
    // The answer may be lost: the same proof again says the same.
    expect((await prove(paired)).body.status).toBe("ready_for_chain_tx");
    const view = await viewOf(person, setupRequestId);
    expect(view.machine).toMatchObject({
      id: paired.machine.agentId,
      presence: "online",
      isHealthy: true,
      isSynced: true,
    });
    expect(view.setupRequest.waitsUnsignedUntil).toBeNull();
    const [byWallet] = await listByWallet(await person.ctx(), { address: person.wallet.address });
    expect(byWallet?.heartbeat).toMatchObject({ blockHeight: 100 });
  });

  it("stays pending while the node catches up, follows another chain, or is silent", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    const reasonOf = async () => {
      const { status, body } = await prove(paired);
      return [status, body.code, body.details?.reason];
    };
    expect(await reasonOf()).toEqual([409, "validators.machine_not_ready", "silent"]);
    await beat(paired, { catchingUp: true });
    expect(await reasonOf()).toEqual([409, "validators.machine_not_ready", "catching_up"]);
    await beat(paired, { catchingUp: undefined });
    expect(await reasonOf()).toEqual([409, "validators.machine_not_ready", "catching_up"]);
    await beat(paired, { chainId: "another-1" });
    expect(await reasonOf()).toEqual([409, "validators.machine_not_ready", "other_chain"]);
    expect((await viewOf(person, paired.setupRequestId)).setupRequest.status).toBe("pending");
  });

  it("takes no proof of another machine, another attempt or another key", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    await beat(paired);
    const otherPerson = await createPerson(runtime);
    const other = await createPairedMachine(otherPerson, networkId);
    const { setupRequestId, consensusPubkey } = paired;
    const foreign = other.machine.proofOf({ setupRequestId, generation: 1, consensusPubkey });
    for (const answer of [
      await prove(paired, 2),
      await prove(paired, 1, { proof: foreign }),
      await prove(paired, 1, { consensusPubkey: other.consensusPubkey }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([400, "validators.key_not_proven"]);
    }
    // Another organisation's machine does not even learn that there is such a request.
    const asOther = await other.machine.post(`/api/v1/validators/setup-requests/${setupRequestId}/local-key`, {
      consensusPubkey,
      proof: foreign,
    });
    expect(asOther.status).toBe(404);
  });

  it("is not stopped, started or replaced from here", async () => {
    const person = await createPerson(runtime);
    const { setupRequestId } = await createPairedMachine(person, networkId);
    const ctx = await person.ctx();
    for (const act of [stopNode, startNode, redeployNode]) {
      await expect(act(ctx, { setupRequestId })).rejects.toMatchObject({
        kind: "invalid",
        code: "validators.local_mode",
      });
    }
  });

  it("is signed for only while its machine is heard of and in sync", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    const { setupRequestId } = paired;
    await beat(paired);
    await prove(paired);
    await runtime.db
      .update(localValidatorHeartbeats)
      .set({ lastSeenAt: new Date(Date.now() - 6 * 60_000) })
      .where(eq(localValidatorHeartbeats.agentId, paired.machine.agentId));
    expect((await viewOf(person, setupRequestId)).machine).toMatchObject({ presence: "offline", isHealthy: false });
    const kept = async () => recordPrepared(await person.ctx(), { setupRequestId, ...TEST_DOCUMENT });
    await expect(kept()).rejects.toMatchObject({ code: "validators.machine_not_ready" });
    await beat(paired);
    await expect(kept()).resolves.toMatchObject({ fingerprint: TEST_DOCUMENT.fingerprint });
    await expect(
      prepareTransaction(await person.ctx(), { setupRequestId, pubkey: "A".repeat(44), signMode: "direct" }),
    ).rejects.not.toMatchObject({ code: "validators.node_removed" });
  });

  it("tells of a node that was moved to another chain, and is not signed for while it is there", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    const { setupRequestId } = paired;
    await beat(paired);
    await prove(paired);
    await beat(paired, { chainId: "another-1" });
    const { machine, setupRequest } = await viewOf(person, setupRequestId);
    expect([machine?.warnings, machine?.isHealthy]).toEqual([["other_chain"], false]);
    expect(setupRequest.standing.nodeState).toBe("down");
    const kept = async () => recordPrepared(await person.ctx(), { setupRequestId, ...TEST_DOCUMENT });
    await expect(kept()).rejects.toMatchObject({
      code: "validators.machine_not_ready",
      details: { reason: "other_chain" },
    });
    await beat(paired);
    expect((await viewOf(person, setupRequestId)).setupRequest.standing.nodeState).toBe("synced");
    await expect(kept()).resolves.toMatchObject({ fingerprint: TEST_DOCUMENT.fingerprint });
  });

  it("is cancelled without anything of ours to give back", async () => {
    const person = await createPerson(runtime);
    const { setupRequestId } = await createPairedMachine(person, networkId);
    await cancelSetupRequest(await person.ctx(), { setupRequestId });
    expect((await storyOf(setupRequestId)).join(" ")).not.toMatch(/slot/);
  });
});

describe("pairing", () => {
  it("is for the wallet of a request in local mode alone, and its statement is answered once", async () => {
    const person = await createPerson(runtime);
    const cloud = await createTestSetup(person, networkId);
    const consensusPubkey = randomConsensusPubkey();
    const ofCloud = beginMachinePairing(await person.ctx(), { setupRequestId: cloud.setupRequestId, consensusPubkey });
    await expect(ofCloud).rejects.toMatchObject({ code: "validators.not_in_local_mode" });

    const other = await createPerson(runtime);
    const { setupRequestId } = await createPairedMachine(other, networkId);
    const ctx = await other.ctx();
    const { pairingId, messageToSign } = await beginMachinePairing(ctx, { setupRequestId, consensusPubkey });
    expect(messageToSign).toContain(consensusPubkey);
    const wrong = await person.wallet.signArbitrary(messageToSign);
    await expect(confirmMachinePairing(ctx, { pairingId, ...wrong })).rejects.toMatchObject({
      code: "agents.pairing_refused",
    });
    const right = await other.wallet.signArbitrary(messageToSign);
    await expect(confirmMachinePairing(ctx, { pairingId, ...right })).rejects.toMatchObject({
      code: "agents.pairing_not_found",
    });
  });

  it("takes no key of another validator here", async () => {
    const person = await createPerson(runtime);
    const { setupRequestId } = await createTestSetup(person, networkId);
    const { consensusPubkey } = await makeReadyToSign(runtime, {
      organizationId: person.organizationId,
      setupRequestId,
      networkId,
    });
    const other = await createPerson(runtime);
    const local = await createPairedMachine(other, networkId);
    await expect(pairMachine(other, { setupRequestId: local.setupRequestId, consensusPubkey })).rejects.toMatchObject({
      code: "validators.key_of_another",
    });
  });
});

describe("two machines that sign with one key", () => {
  const signed = (height: number) => ({ lastSignState: { height: String(height), round: 0, step: 3 } });

  it("are found by their sign states, told loudly, audited once and warned", async () => {
    const person = await createPerson(runtime);
    const one = await createPairedMachine(person, networkId);
    const other = await addMachine(person, one);
    await beat(one, signed(10));
    await beat(other, signed(10));
    await beat(one, signed(11));
    await beat(other, signed(12));
    // Each moved, and the first one again after the second began.
    await beat(one, signed(13));
    const { machine } = await viewOf(person, one.setupRequestId);
    expect(machine?.warnings).toContain("duplicate_signer");
    expect(machine?.isHealthy).toBe(false);
    expect((await storyOf(one.setupRequestId)).filter((line) => line.startsWith("Two machines sign"))).toHaveLength(1);
    const warned = await beat(one, signed(14));
    expect(warned.body.commands).toMatchObject([{ kind: "warn-duplicate-signer" }]);
    const rows = await runtime.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, "validators.duplicate_signer.found"));
    expect(rows.filter(({ targetId }) => targetId === one.machine.agentId)).toHaveLength(1);
  });

  it("are none when one of them signs on another chain", async () => {
    const person = await createPerson(runtime);
    const one = await createPairedMachine(person, networkId);
    const other = await addMachine(person, one);
    for (const height of [10, 11, 12, 13]) {
      await beat(one, signed(height));
      await beat(other, { ...signed(height), chainId: "another-1" });
    }
    expect((await viewOf(person, one.setupRequestId)).machine?.duplicateSigner).toBeNull();
  });

  it("are none when the node was moved: the old machine fell silent before the new one began", async () => {
    const person = await createPerson(runtime);
    const old = await createPairedMachine(person, networkId);
    const fresh = await addMachine(person, old);
    for (const height of [10, 11, 12]) await beat(old, signed(height));
    for (const height of [12, 13, 14]) await beat(fresh, signed(height));
    const { machine } = await viewOf(person, old.setupRequestId);
    expect(machine?.duplicateSigner).toBeNull();
  });

  it("are a machine and a node of ours too, and ours is not started while the machine signs", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    // The key of a node of ours came to a person's machine: what must never be, and is seen.
    const owner = await createPerson(runtime);
    const { setupRequestId } = await createTestSetup(owner, networkId);
    const ready = await makeReadyToSign(runtime, { organizationId: owner.organizationId, setupRequestId, networkId });
    await runtime.db
      .update(validatorSetupRequests)
      .set({ consensusPubkey: paired.consensusPubkey })
      .where(eq(validatorSetupRequests.id, setupRequestId));
    await beat(paired, signed(20));
    await beat(paired, signed(21));
    const start = async () => startNode(await owner.ctx(), { setupRequestId });
    await expect(start()).rejects.toMatchObject({ kind: "conflict", code: "validators.signs_elsewhere" });
    await runtime.db.update(validatorNodes).set({ status: "synced" }).where(eq(validatorNodes.id, ready.nodeId));
    await beat(paired, signed(22));
    const { machine } = await viewOf(person, paired.setupRequestId);
    expect(machine?.duplicateSigner?.with).toContain(ready.nodeId);
  });
});

describe("reports", () => {
  it("are kept for a day, and a machine that is silent for a week is forgotten", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    await beat(paired);
    const samples = () =>
      runtime.db.select().from(localValidatorSamples).where(eq(localValidatorSamples.agentId, paired.machine.agentId));
    const inHours = async (hours: number) =>
      pruneReports(await runtime.ctx({ now: () => new Date(Date.now() + hours * 3_600_000) }), {});
    await inHours(23);
    expect(await samples()).toHaveLength(1);
    await inHours(25);
    expect(await samples()).toHaveLength(0);
    expect((await viewOf(person, paired.setupRequestId)).machine).not.toBeNull();
    await inHours(8 * 24);
    expect((await viewOf(person, paired.setupRequestId)).machine).toBeNull();
  });

  it("never lower what a machine is known to have signed", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    await beat(paired, { lastSignState: { height: "50", round: 1, step: 2 } });
    await beat(paired, { lastSignState: { height: "1", round: 0, step: 0 } });
    const { machine } = await viewOf(person, paired.setupRequestId);
    expect(machine?.lastSignState).toEqual({ height: "50", round: 1, step: 2 });
  });
});

describe("a validator that ended", () => {
  it("keeps its machine and its key to itself: neither comes to the wallet's next request", async () => {
    const person = await createPerson(runtime);
    const old = await createPairedMachine(person, networkId);
    await beat(old);
    await prove(old);
    await runtime.db
      .update(validatorSetupRequests)
      .set({ status: "ended", endedAt: new Date() })
      .where(eq(validatorSetupRequests.id, old.setupRequestId));
    const { setupRequestId } = await createTestSetup(person, networkId, {
      runMode: "local",
      regionCode: undefined,
      tierCode: undefined,
    });
    const answer = await beat(old);
    expect(answer.body.setup).toMatchObject({ setupRequestId: old.setupRequestId, wantsKeyProof: false });
    const asNew = await prove({ ...old, setupRequestId });
    expect([asNew.status, asNew.body.code]).toEqual([400, "validators.key_not_proven"]);
    const paired = beginMachinePairing(await person.ctx(), { setupRequestId, consensusPubkey: old.consensusPubkey });
    await expect(paired).rejects.toMatchObject({ code: "validators.key_of_another" });
  });
});
