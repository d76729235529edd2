import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBase64 } from "@cosmjs/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as validators from "@/server/domains/validators";
import { validatorsDomain } from "@/server/domains/validators/domain";
import { recordPrepared } from "@/server/domains/validators/requests/prepare-transaction";
import { acceptTransaction } from "@/server/domains/validators/requests/submit-transaction";
import type { ServiceCtx } from "@/server/kernel/context";
import { listVerbs } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { createReportedMachine, idsOf } from "../../support/factories/agents";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import {
  createTestNetwork,
  createTestNodeRow,
  createTestSetup,
  TEST_DOCUMENT,
} from "../../support/factories/validators";
import { randomConsensusPubkey } from "../../support/test-machine";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let ids: { setupRequestId: string; nodeId: string };
let reportedKey: string;
let pairingId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-isolation-"))) });
  const { networkId } = await createTestNetwork(runtime);
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(owner, networkId);
  const { nodeId } = await createTestNodeRow(runtime, {
    organizationId: owner.organizationId,
    setupRequestId,
    networkId,
  });
  ids = { setupRequestId, nodeId };
  await validators.saveDraft(await owner.ctx(), { answers: { validatorName: "The owner's draft" } });
  reportedKey = randomConsensusPubkey();
  await createReportedMachine(owner, { networkId, consensusPubkey: reportedKey });
  pairingId = (await idsOf(owner)).pairing ?? "";
});
afterAll(() => runtime.close());

type Ids = typeof ids;
type Ctx = ServiceCtx<Ports> & { readonly organizationId: string };
type Call = (ctx: Ctx, of: Ids) => Promise<unknown>;
const pubkey = toBase64(new Uint8Array(33).fill(2));

/** Every verb of one organisation's rows that takes an id. */
const WITH_IDS: Record<string, Call> = {
  "validators.begin-machine-pairing": (ctx, { setupRequestId }) =>
    validators.beginMachinePairing(ctx, { setupRequestId, consensusPubkey: randomConsensusPubkey() }),
  "validators.cancel-setup-request": (ctx, { setupRequestId }) =>
    validators.cancelSetupRequest(ctx, { setupRequestId }),
  "validators.change-stake": (ctx, { setupRequestId }) =>
    validators.changeStake(ctx, { setupRequestId, selfDelegation: "2000000" }),
  "validators.get-node-history": (ctx, { setupRequestId }) => validators.getNodeHistory(ctx, { setupRequestId }),
  "validators.get-node-logs": (ctx, { nodeId }) => validators.getNodeLogs(ctx, { nodeId, tail: 1 }),
  "validators.get-on-chain": (ctx, { setupRequestId }) => validators.getOnChain(ctx, { setupRequestId }),
  "validators.get-setup-request": (ctx, { setupRequestId }) => validators.getSetupRequest(ctx, { setupRequestId }),
  "validators.list-setup-events": (ctx, { setupRequestId }) =>
    validators.listSetupEvents(ctx, { setupRequestId, after: 0, limit: 10 }),
  "validators.prepare-transaction": (ctx, { setupRequestId }) =>
    validators.prepareTransaction(ctx, { setupRequestId, pubkey, signMode: "direct" }),
  "validators.prove-local-key": (ctx, { setupRequestId }) =>
    validators.proveLocalKey(ctx, {
      setupRequestId,
      consensusPubkey: randomConsensusPubkey(),
      proof: { agentId: "agt_x", signature: "A".repeat(86) },
    }),
  "validators.redeploy-node": (ctx, { setupRequestId }) => validators.redeployNode(ctx, { setupRequestId }),
  "validators.retry-setup-request": (ctx, { setupRequestId }) => validators.retrySetupRequest(ctx, { setupRequestId }),
  "validators.set-public-page": (ctx, { setupRequestId }) =>
    validators.setPublicPage(ctx, { setupRequestId, isPublic: true }),
  "validators.start-node": (ctx, { setupRequestId }) => validators.startNode(ctx, { setupRequestId }),
  "validators.stop-node": (ctx, { setupRequestId }) => validators.stopNode(ctx, { setupRequestId }),
  "validators.terminate-node": (ctx, { setupRequestId }) => validators.terminateNode(ctx, { setupRequestId }),
  "validators.submit-transaction": (ctx, { setupRequestId }) =>
    validators.submitTransaction(ctx, { setupRequestId, txBytes: "AAAA" }),
};

/** Changes that lie behind those verbs and take an id of a client: asked by themselves, since a verb's own look comes before them. */
const CHANGES: Record<string, Call> = {
  "validators.accept-transaction": (ctx, { setupRequestId }) =>
    acceptTransaction(ctx, { setupRequestId, txBytes: "AAAA", chainId: "omniphi-localnet-1" }),
  "validators.record-prepared-transaction": (ctx, { setupRequestId }) =>
    recordPrepared(ctx, { setupRequestId, ...TEST_DOCUMENT }),
};

/** Lists and drafts: what the stranger sees has nothing of the owner's in it. */
const LISTS: Record<string, (ctx: ServiceCtx<Ports>) => Promise<unknown>> = {
  "validators.find": (ctx) => validators.find(ctx, { words: "val_" }),
  "validators.list-attention": (ctx) => validators.listAttention(ctx, {}),
  "validators.get-draft": (ctx) => validators.getDraft(ctx, {}),
  "validators.list-by-wallet": (ctx) => validators.listByWallet(ctx, { address: owner.wallet.address }),
  "validators.list-local-machines": (ctx) => validators.listLocalMachines(ctx, {}),
  "validators.list-setup-requests": (ctx) => validators.listSetupRequests(ctx, { limit: 100 }),
};

/** What is found by a consensus key or by a statement's id, of which the stranger's and nobody's are one. */
const BY_OTHER_NAMES: Record<string, (ctx: Ctx) => Promise<unknown>> = {
  "validators.get-heartbeat": (ctx) => validators.getHeartbeat(ctx, { pubkey: reportedKey }),
  "validators.get-heartbeat-history": (ctx) => validators.getHeartbeatHistory(ctx, { pubkey: reportedKey }),
  "validators.confirm-machine-pairing": async (ctx) =>
    validators.confirmMachinePairing(ctx, { pairingId, pubkey: "AAAA", signature: "AAAA" }),
};

/** Answers about networks and prices: the same for everybody, so there is nothing of anybody's in them. */
const FOR_EVERYBODY: Record<string, (ctx: ServiceCtx<Ports>) => Promise<unknown>> = {
  "validators.get-creation-rules": (ctx) => validators.getCreationRules(ctx, { networkId: "omniphi-localnet-1" }),
  "validators.preview-stake": async (ctx) => {
    const { readAt: _, ...preview } = await validators.previewStake(ctx, {
      networkId: "omniphi-localnet-1",
      walletAddress: owner.wallet.address,
      selfDelegation: "1000000",
    });
    return preview;
  },
  "validators.quote-setup": (ctx) =>
    validators.quoteSetup(ctx, {
      networkId: "omniphi-localnet-1",
      regionCode: "us-east",
      tierCode: "small",
      selfDelegation: "1000000",
    }),
};

describe("answers for everybody", () => {
  it.each(Object.entries(FOR_EVERYBODY))("%s says the same to two organisations", async (_, call) => {
    expect(await call(await stranger.ctx())).toEqual(await call(await owner.ctx()));
  });
});

describe("another organisation's machine", () => {
  it.each(Object.entries(BY_OTHER_NAMES))("is not found by %s", async (_, call) => {
    await expect(call(await stranger.ctx())).rejects.toMatchObject({ kind: "not_found" });
    // The owner's own words are of another kind: it is there.
    const own = await call(await owner.ctx()).then(
      () => "found",
      (thrown: { kind: string }) => thrown.kind,
    );
    expect(own).not.toBe("not_found");
  });

  it("is reported by its own agent alone: validators.report-heartbeat takes nobody's word but the agent's", async () => {
    const report = {
      walletAddress: owner.wallet.address,
      consensusPubkey: reportedKey,
      blockHeight: 1,
      uptimeSeconds: 1,
    };
    const asStranger = validators.reportHeartbeat(await stranger.ctx(), report);
    await expect(asStranger).rejects.toMatchObject({ code: "agents.not_an_agent" });
  });
});

describe("another organisation's validator", () => {
  it("is asked for through every verb of the domain that takes an id", () => {
    const own = listVerbs().filter(({ verb, tenancy }) => verb.startsWith("validators.") && tenancy === "organization");
    const taking = own.filter(({ input }) =>
      /"(setupRequestId|nodeId)"/.test(JSON.stringify(Object.keys(shapeOf(input)))),
    );
    expect(taking.map(({ verb }) => verb).sort()).toEqual(Object.keys(WITH_IDS).sort());
  });

  it.each(Object.entries({ ...WITH_IDS, ...CHANGES }))(
    "is not found by %s, in the same words as where there is none",
    async (_, call) => {
      const nobodys = {
        setupRequestId: validatorsDomain.newId("setupRequest"),
        nodeId: validatorsDomain.newId("node"),
      };
      const ofOther = await call(await stranger.ctx(), ids).then(String, (thrown: Error) => thrown);
      const ofNobody = await call(await stranger.ctx(), nobodys).then(String, (thrown: Error) => thrown);
      expect(ofOther).toMatchObject({ kind: "not_found" });
      expect(ofNobody).toMatchObject({ kind: "not_found", code: (ofOther as { code?: string } & Error).code });
      expect((ofOther as Error).message).toBe((ofNobody as Error).message);
    },
  );

  it.each(Object.keys(LISTS))("is not in %s", async (verb) => {
    const list = LISTS[verb];
    const seen = JSON.stringify(await list?.(await stranger.ctx()));
    for (const secret of [ids.setupRequestId, ids.nodeId, owner.organizationId, "The owner's draft"]) {
      expect(seen).not.toContain(secret);
    }
    expect(JSON.stringify(await list?.(await owner.ctx()))).not.toBe(seen);
  });

  it("is not touched by what the stranger keeps for themselves", async () => {
    await validators.saveDraft(await stranger.ctx(), { answers: { validatorName: "The stranger's" } });
    await validators.discardDraft(await stranger.ctx(), {});
    expect(await validators.getDraft(await owner.ctx(), {})).toEqual({ validatorName: "The owner's draft" });
  });

  it("cannot be asked for in its owner's place: request-setup and request-drip act for the caller alone", async () => {
    const { setupRequest } = await validators.getSetupRequest(await owner.ctx(), {
      setupRequestId: ids.setupRequestId,
    });
    const request = validators.requestSetup(await stranger.ctx(), {
      networkId: setupRequest.networkId,
      walletAddress: owner.wallet.address,
      validatorName: "Taken over",
      commissionRate: "0.1",
      selfDelegation: "1000000",
      runMode: "cloud",
      regionCode: "us-east",
      tierCode: "small",
    });
    await expect(request).rejects.toMatchObject({ code: "validators.wallet_not_linked" });
  });

  it("is there for its owner afterwards, as it was", async () => {
    const view = await validators.getSetupRequest(await owner.ctx(), { setupRequestId: ids.setupRequestId });
    expect(view).toMatchObject({ setupRequest: { status: "pending", generation: 1 }, node: { id: ids.nodeId } });
  });

  it.each([
    ["get-setup-request", (ctx) => validators.getSetupRequest(ctx, { setupRequestId: ids.setupRequestId })],
    ["list-setup-requests", (ctx) => validators.listSetupRequests(ctx, { limit: 10 })],
    [
      "list-setup-events",
      (ctx) => validators.listSetupEvents(ctx, { setupRequestId: ids.setupRequestId, after: 0, limit: 10 }),
    ],
    ["get-setup-record", (ctx) => validators.getSetupRecord(ctx, { setupRequestId: ids.setupRequestId })],
    ["list-nodes", (ctx) => validators.listNodes(ctx, { limit: 10 })],
    ["get-node", (ctx) => validators.getNode(ctx, { nodeId: ids.nodeId })],
    ["get-node-logs", (ctx) => validators.getNodeLogs(ctx, { nodeId: ids.nodeId, tail: 1 })],
    ["stop-node", (ctx) => validators.stopNode(ctx, { nodeId: ids.nodeId })],
    ["start-node", (ctx) => validators.startNode(ctx, { nodeId: ids.nodeId })],
    ["redeploy-node", (ctx) => validators.redeployNode(ctx, { nodeId: ids.nodeId })],
    ["terminate-node", (ctx) => validators.terminateNode(ctx, { nodeId: ids.nodeId })],
    ["cancel-setup-request", (ctx) => validators.cancelSetupRequest(ctx, { setupRequestId: ids.setupRequestId })],
    ["retry-setup-request", (ctx) => validators.retrySetupRequest(ctx, { setupRequestId: ids.setupRequestId })],
    [
      "mark-setup-failed",
      (ctx) => validators.markSetupFailed(ctx, { setupRequestId: ids.setupRequestId, reason: "because" }),
    ],
  ] satisfies [string, (ctx: ServiceCtx<Ports>) => Promise<unknown>][])(
    "%s for every organisation is the operators' alone, also for the owner",
    async (_, call) => {
      for (const person of [owner, stranger]) {
        // Through the operators' door nobody's organisation is named.
        const ctx = { ...(await person.ctx()), organizationId: null };
        await expect(call(ctx)).rejects.toMatchObject({ kind: "forbidden", code: "auth.scope_missing" });
      }
    },
  );
});

/** The fields that a verb's input has. */
function shapeOf(input: unknown): Record<string, unknown> {
  const shape = (input as { shape?: Record<string, unknown> }).shape;
  return shape ?? {};
}
