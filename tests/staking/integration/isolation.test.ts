import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  checkAdvisory,
  getAct,
  getPosition,
  getProposal,
  getWalletCompound,
  listActs,
  listProposals,
  listProposalTiers,
  pauseCompound,
  prepareAct,
  resumeCompound,
  submitAct,
  withdrawAct,
} from "@/server/domains/staking";
import { exportActs } from "@/server/domains/staking/acts/export-acts";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestAct, createTestCompound } from "../../support/factories/staking";
import { aProposal } from "../../support/staking/a-proposal";
import type { Holder } from "../../support/staking/act-stage";
import { createFakeActStage, type FakeActStage } from "../../support/staking/fake-act-stage";

let stage: FakeActStage;
let owner: Holder;
let stranger: SignedInPerson;
let actId: string;
beforeAll(async () => {
  stage = await createFakeActStage();
  owner = await stage.createHolder();
  stranger = await createPerson(stage.runtime);
  ({ actId } = await owner.prepare({
    kind: "delegate",
    operatorAddress: stage.operators[0],
    amountBaseUnits: "1000000",
  }));
});
afterAll(() => stage?.close());

type Call = (ctx: ServiceCtx<Ports> & { readonly organizationId: string }) => Promise<unknown>;

describe("another organisation's act", () => {
  it.each([
    ["staking.get-act", (ctx) => getAct(ctx, { actId })],
    ["staking.withdraw-act", (ctx) => withdrawAct(ctx, { actId })],
    ["staking.submit-act", (ctx) => submitAct(ctx, { actId, txBytes: "AAAA" })],
  ] satisfies [string, Call][])("is not found by %s, just as if there were none", async (_verb, call) => {
    await expect(call(await stranger.ctx())).rejects.toMatchObject({ kind: "not_found" });
  });

  it("is in no list, no search by hash and no file", async () => {
    const txHash = "AB".repeat(32);
    const other = await createTestAct(owner.person, { status: "done", txHash });
    expect((await listActs(await stranger.ctx(), {})).items).toEqual([]);
    expect((await listActs(await stranger.ctx(), { txHash })).items).toEqual([]);
    let file = "";
    for await (const lines of exportActs(await stranger.ctx(), {})) file += lines;
    expect(file.trim().split("\r\n")).toHaveLength(1);
    expect((await listActs(await owner.person.ctx(), { txHash })).items.map(({ id }) => id)).toEqual([other.actId]);
  });

  it("is still there afterwards", async () => {
    expect(await getAct(await owner.person.ctx(), { actId })).toMatchObject({ status: "prepared" });
  });
});

describe("another organisation's compounding", () => {
  it("is neither found, paused nor taken up by a stranger, just as if there were none", async () => {
    const ref = await createTestCompound(owner.person, { networkId: stage.networkId });
    const ctx = await stranger.ctx();
    for (const call of [() => pauseCompound(ctx, ref), () => resumeCompound(ctx, ref)]) {
      await expect(call()).rejects.toMatchObject({ code: "staking.compound_not_found" });
    }
    const of = { networkId: stage.networkId, address: owner.address };
    expect((await getWalletCompound(await stranger.ctx(), of)).compound).toBeNull();
    expect((await getWalletCompound(await owner.person.ctx(), of)).compound?.id).toBe(ref.compoundId);
  });
});

describe("another person's wallet", () => {
  it("is nobody else's to prepare a transaction for", async () => {
    const { pubkey } = await owner.person.wallet.signBytes(new Uint8Array());
    const prepared = prepareAct(await stranger.ctx(), {
      networkId: stage.networkId,
      signerAddress: owner.address,
      pubkey,
      act: { kind: "claim_all" },
    });
    await expect(prepared).rejects.toMatchObject({ kind: "forbidden", code: "staking.not_your_wallet" });
  });
});

describe("what is public on the chain", () => {
  it("is the same for everybody", async () => {
    const { networkId } = stage;
    stage.chain.proposals = [aProposal()];
    stage.chain.riskGuard = {
      report: null,
      queued: null,
      advisory: { uri: "file:///none", reportSha256: "", reporterAddress: "", heightBlocks: 1n },
    };
    const ask: Call[] = [
      (ctx) => getPosition(ctx, { networkId, address: owner.address }),
      (ctx) => listProposals(ctx, { networkId }),
      (ctx) => listProposalTiers(ctx, { networkId, proposalIds: ["7"] }),
      (ctx) => getProposal(ctx, { networkId, proposalId: "7" }),
      (ctx) => checkAdvisory(ctx, { networkId, proposalId: "7" }),
    ];
    for (const call of ask) {
      const [mine, theirs] = [await call(await owner.person.ctx()), await call(await stranger.ctx())];
      expect({ ...(theirs as object), readAt: "" }).toEqual({ ...(mine as object), readAt: "" });
    }
  });
});
