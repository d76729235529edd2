import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkAdvisory, getProposal, listProposalTiers } from "@/server/domains/staking";
import { upstreamUnavailable } from "@/server/kernel/errors";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { aProposal } from "../../support/staking/a-proposal";
import { createFakeActStage, type FakeActStage } from "../../support/staking/fake-act-stage";

const REPORT = Buffer.from('{"proposal":7,"opinion":"sound"}\n');
const SHA256 = createHash("sha256").update(REPORT).digest("hex");
const NOTHING = { report: null, queued: null, advisory: null };

let stage: FakeActStage;
let person: SignedInPerson;
/** What the internet answers, by address. */
let web: Record<string, Buffer> = {};
beforeAll(async () => {
  stage = await createFakeActStage({
    documents: {
      readText: () => Promise.reject(new Error("a report is read as bytes")),
      readBytes: async (url, maxBytes) => {
        const bytes = web[url];
        if (bytes === undefined) throw upstreamUnavailable("documents.unreachable", `${url} does not answer.`);
        expect(maxBytes).toBe(1_000_000);
        return bytes;
      },
    },
  });
  person = await createPerson(stage.runtime);
  stage.chain.proposals = [aProposal({ status: "passed" }), aProposal({ proposalId: 6n, status: "rejected" })];
});
afterAll(() => stage?.close());
beforeEach(() => {
  web = {};
  stage.chain.riskGuard = null;
});

const link = (uri: string, reportSha256 = SHA256) => {
  stage.chain.riskGuard = {
    ...NOTHING,
    advisory: { uri, reportSha256, reporterAddress: "omni1reporter", heightBlocks: 90n },
  };
};
const check = async () => checkAdvisory(await person.ctx(), { networkId: stage.networkId, proposalId: "7" });

describe("a proposal's advisory report", () => {
  it.each([SHA256, SHA256.toUpperCase(), `0x${SHA256}`])(
    "is verified where its bytes have the hash %s",
    async (hash) => {
      link("https://reports.example.org/7", hash);
      web = { "https://reports.example.org/7": REPORT };
      expect(await check()).toMatchObject({ state: "verified", sha256: SHA256, expectedSha256: hash, reason: null });
    },
  );

  it("is read through a gateway where it lies on IPFS", async () => {
    link("ipfs://QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG");
    web = { "https://ipfs.io/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG": REPORT };
    expect(await check()).toMatchObject({ state: "verified" });
  });

  it("shows a mismatch when one byte of it was changed", async () => {
    link("https://reports.example.org/7");
    web = { "https://reports.example.org/7": Buffer.concat([REPORT, Buffer.from(" ")]) };
    const shown = await check();
    expect(shown.state).toBe("mismatch");
    expect(shown.sha256).not.toBe(shown.expectedSha256);
  });

  it("is unreachable, with the reason, where its address does not answer", async () => {
    link("https://reports.example.org/gone");
    expect(await check()).toMatchObject({ state: "unreachable", sha256: null, reason: /does not answer/ });
  });

  it("is not read from a file of this machine", async () => {
    link("file:///etc/passwd");
    expect(await check()).toMatchObject({ state: "unsupported", sha256: null });
  });

  it("is none where none was linked, and where the chain has no guard", async () => {
    const none = { kind: "not_found", code: "staking.advisory_not_found" };
    await expect(check()).rejects.toMatchObject(none);
    stage.chain.riskGuard = NOTHING;
    await expect(check()).rejects.toMatchObject(none);
  });
});

describe("a list of proposals", () => {
  const tiers = async () =>
    listProposalTiers(await person.ctx(), { networkId: stage.networkId, proposalIds: ["7", "6"] });
  const judged = (tier: "low" | "high" | "critical" | null) => ({
    tier,
    score: 50,
    delayBlocks: 10n,
    thresholdBps: 5_000,
    modelVersion: "1",
  });

  it("tells the stricter tier of rules and model, and what is not judged yet", async () => {
    stage.chain.riskGuard = {
      ...NOTHING,
      report: { rules: judged("low"), model: judged("critical"), reasonCodes: [], featuresHash: "" },
    };
    expect(await tiers()).toMatchObject({
      isOffered: true,
      tiers: [
        { proposalId: "7", isJudged: true, tier: "critical", unknownBecause: null },
        { proposalId: "6", isJudged: true, tier: "critical", unknownBecause: null },
      ],
    });
    stage.chain.riskGuard = {
      ...NOTHING,
      report: { rules: judged("high"), model: null, reasonCodes: [], featuresHash: "" },
    };
    expect((await tiers()).tiers[0]?.tier).toBe("high");
    stage.chain.riskGuard = NOTHING;
    expect((await tiers()).tiers[0]).toMatchObject({ isJudged: false, tier: null });
  });

  it("asks for no proposal that the chain does not have", async () => {
    stage.chain.riskGuard = {
      ...NOTHING,
      report: { rules: judged("low"), model: null, reasonCodes: [], featuresHash: "" },
    };
    const asked = { networkId: stage.networkId, proposalIds: ["999", "7", "998"] };
    const { tiers: told } = await listProposalTiers(await person.ctx(), asked);
    expect(told.map(({ proposalId }) => proposalId)).toEqual(["7"]);
  });

  it("says that there is no guard, and of a silent chain why nothing is known", async () => {
    expect(await tiers()).toMatchObject({ isOffered: false, tiers: [] });
    stage.chain.isDown = true;
    try {
      const { isOffered, tiers: unknown } = await tiers();
      expect(isOffered).toBe(true);
      expect(unknown).toMatchObject([
        { proposalId: "7", isJudged: null, tier: null },
        { proposalId: "6", isJudged: null, tier: null },
      ]);
      expect(unknown.every(({ unknownBecause }) => unknownBecause !== null && unknownBecause !== "")).toBe(true);
    } finally {
      stage.chain.isDown = false;
    }
  });
});

describe("a proposal", () => {
  it("tells what the guard holds of it, and that there is no guard", async () => {
    const read = async () => getProposal(await person.ctx(), { networkId: stage.networkId, proposalId: "7" });
    expect((await read()).guard).toBeNull();
    stage.chain.riskGuard = {
      ...NOTHING,
      queued: {
        queuedHeightBlocks: 100n,
        earliestHeightBlocks: 900n,
        gate: "visibility",
        gateEnteredHeightBlocks: 100n,
        tier: "low",
        thresholdBps: 5_000,
        needsSecondConfirmation: false,
        isConfirmed: false,
        note: "",
      },
    };
    expect((await read()).guard?.queued).toMatchObject({ gate: "visibility", earliestHeightBlocks: "900" });
  });
});
