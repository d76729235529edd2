import { BinaryWriter } from "cosmjs-types/binary";
import { afterEach, describe, expect, it } from "vitest";
import { startWireChain, type WireChain } from "../../support/fakes/chain-node-wire";
import { farChain } from "../../support/far-chain";

const running: WireChain[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((chain) => chain.close()));
});

type AbciMethods = WireChain["state"]["abciMethods"];

async function chainWith(abciMethods: AbciMethods) {
  const wire = await startWireChain({ abciMethods });
  running.push(wire);
  return farChain(wire);
}

/** A message of numbers and texts by field number, as protobuf writes it. */
function message(fields: Readonly<Record<number, number | string | Uint8Array>>): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, value] of Object.entries(fields)) {
    const number = Number(field);
    if (typeof value === "number") writer.uint32(number * 8).uint64(value);
    else if (typeof value === "string") writer.uint32(number * 8 + 2).string(value);
    else writer.uint32(number * 8 + 2).bytes(value);
  }
  return writer.finish();
}
const answered = (fields: Parameters<typeof message>[0]) => ({ code: 0, value: message({ 1: message(fields) }) });
/** As the module's own errors come through ABCI. */
const notHeld = (what: string) => ({ code: 18, codespace: "sdk", log: `${what} not found: invalid request` });

const REPORT = "/pos.guard.v1.Query/RiskReport";
const QUEUED = "/pos.guard.v1.Query/QueuedExecution";
const ADVISORY = "/pos.guard.v1.Query/AdvisoryLink";

describe("the risk guard of a chain", () => {
  it("is none where the chain knows no such method", async () => {
    const chain = await chainWith({});
    expect([await chain.riskGuard(7n), await chain.riskReport(7n)]).toEqual([null, null]);
  });

  it("holds nothing of a proposal that it was not asked about yet", async () => {
    const chain = await chainWith({
      [REPORT]: notHeld("risk report"),
      [QUEUED]: notHeld("queued execution"),
      [ADVISORY]: { code: 1, log: "advisory link not found for proposal 7" },
    });
    expect(await chain.riskGuard(7n)).toEqual({ report: null, queued: null, advisory: null });
    expect(await chain.riskReport(7n)).toEqual({ report: null });
  });

  it("tells its judgements, the gate that an execution waits at, and the report that was linked", async () => {
    const chain = await chainWith({
      [REPORT]: answered({
        1: 7,
        2: 3,
        3: 61,
        4: 120_960,
        5: 6_667,
        6: '["PARAM_CHANGE","LARGE_SPEND"]',
        7: "ab".repeat(32),
        8: "rules-v1",
        9: message({ 1: 1_700_000_000 }),
        10: 80,
        11: 4,
        12: 241_920,
        13: 7_500,
        14: "logistic-v1",
      }),
      [QUEUED]: answered({ 1: 7, 2: 100, 3: 900, 4: 2, 5: 160, 6: 4, 7: 7_500, 8: 1, 10: "waits" }),
      [ADVISORY]: answered({ 1: 7, 2: "https://reports.example.org/7", 3: "cd".repeat(32), 4: "far1reporter", 5: 90 }),
    });
    const rules = { tier: "high", score: 61, delayBlocks: 120_960n, thresholdBps: 6_667, modelVersion: "rules-v1" };
    const model = {
      tier: "critical",
      score: 80,
      delayBlocks: 241_920n,
      thresholdBps: 7_500,
      modelVersion: "logistic-v1",
    };
    expect(await chain.riskGuard(7n)).toEqual({
      report: { rules, model, reasonCodes: ["PARAM_CHANGE", "LARGE_SPEND"], featuresHash: "ab".repeat(32) },
      queued: {
        queuedHeightBlocks: 100n,
        earliestHeightBlocks: 900n,
        gate: "shock_absorber",
        gateEnteredHeightBlocks: 160n,
        tier: "critical",
        thresholdBps: 7_500,
        needsSecondConfirmation: true,
        isConfirmed: false,
        note: "waits",
      },
      advisory: {
        uri: "https://reports.example.org/7",
        reportSha256: "cd".repeat(32),
        reporterAddress: "far1reporter",
        heightBlocks: 90n,
      },
    });
  });

  it("shows reasons that are no list as they are, and no model where none judged", async () => {
    const chain = await chainWith({
      [REPORT]: answered({ 2: 1, 6: "spend, params" }),
      [QUEUED]: notHeld("queued execution"),
      [ADVISORY]: notHeld("advisory link"),
    });
    expect(await chain.riskReport(7n)).toEqual({ report: (await chain.riskGuard(7n))?.report });
    expect((await chain.riskGuard(7n))?.report).toMatchObject({ model: null, reasonCodes: ["spend, params"] });
  });

  it.each([
    ["refuses the question", { code: 18, codespace: "sdk", log: "codec broke" }],
    ["answers what is no message", { code: 0, value: Uint8Array.of(0x0f, 0xff, 0xff) }],
  ])("is unknown, not absent, where it %s", async (_how, answer) => {
    const chain = await chainWith({ [REPORT]: answer, [QUEUED]: notHeld("queued"), [ADVISORY]: notHeld("advisory") });
    await expect(chain.riskGuard(7n)).rejects.toMatchObject({ kind: "upstream_rejected" });
  });
});
