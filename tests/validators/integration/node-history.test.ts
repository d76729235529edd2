import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validatorNodeSpells, validatorNodes, validatorSetupRequests } from "@/db/schema/validators";
import { consensusAddressHexOf } from "@/lib/chain/key-address";
import { recordBlocks } from "@/server/domains/chain";
import { getNodeHistory, pruneNodeHistory, splitMisses } from "@/server/domains/validators";
import { recordMeasures, recordUnanswered } from "@/server/domains/validators/nodes/record-health";
import { createPairedMachine } from "@/tests/support/factories/agents";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestNodeRow, createTestSetup } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-history-"))) });
  ({ networkId } = await createTestNetwork(runtime));
});
afterAll(() => runtime?.close());

const HOUR = Date.parse("2026-03-01T10:00:00Z");
const at = (seconds: number) => new Date(HOUR + seconds * 1_000);
type Found = Parameters<typeof recordMeasures>[1];
const RUNNING: Omit<Found, "nodeId"> = {
  generation: 1,
  verdict: { status: "synced", reason: null, sentence: "In sync with the chain." },
  runtimeRef: "1@boot/1",
  rpcUrl: null,
  p2pAddress: null,
  restartCount: 0,
  startedAt: null,
  heightBlocks: "10",
  lagBlocks: 0,
  isCatchingUp: false,
  nodeVersion: null,
  peerCount: 3,
  cpuPercent: 10,
  memoryUsedBytes: 1_000,
  volumeUsedBytes: 5_000,
  volumeFreeBytes: 9_000,
};

/** A validator that the chain has, with a node that is looked at as `look` says. */
async function validator() {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  const { organizationId } = person;
  const { nodeId } = await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
  const consensusPubkey = randomBytes(32).toString("base64");
  await runtime.db
    .update(validatorNodes)
    .set({ status: "synced", desiredState: "running" })
    .where(eq(validatorNodes.id, nodeId));
  await runtime.db
    .update(validatorSetupRequests)
    .set({ status: "active", consensusPubkey })
    .where(eq(validatorSetupRequests.id, setupRequestId));
  const look = async (second: number, change: Partial<Found> = {}) =>
    recordMeasures(await runtime.ctx({ now: () => at(second) }), { ...RUNNING, ...change, nodeId });
  const history = async (second: number, span: "24h" | "7d" | "30d" = "24h") =>
    getNodeHistory({ ...(await person.ctx()), now: () => at(second) }, { setupRequestId, span });
  return { person, setupRequestId, nodeId, consensusPubkey, look, history };
}

describe("the history of a node", () => {
  it("has one sample for ten minutes, with the mean of the processor and the worst of the rest", async () => {
    const { look, history, nodeId } = await validator();
    await look(0);
    await look(10, { cpuPercent: 20, memoryUsedBytes: 3_000, lagBlocks: 7, peerCount: 1, volumeFreeBytes: 8_000 });
    // What a look does not tell takes nothing away from what another one told.
    await look(20, {
      cpuPercent: null,
      memoryUsedBytes: null,
      lagBlocks: null,
      peerCount: null,
      volumeFreeBytes: null,
    });
    await look(1_200, { cpuPercent: null, memoryUsedBytes: null, lagBlocks: null, peerCount: null });
    await recordUnanswered(await runtime.ctx({ now: () => at(2_400) }), { nodeId, error: "The host is silent." });
    const { samples, stepMinutes } = await history(3_600);
    expect(stepMinutes).toBe(10);
    const worst = { memoryPercent: null, diskPercent: null, diskUsedBytes: 5_000 };
    expect(samples).toEqual([
      {
        at: at(0).toISOString(),
        cpuPercent: 15,
        memoryBytes: 3_000,
        diskFreeBytes: 8_000,
        lagBlocks: 7,
        peerCount: 1,
        ...worst,
      },
      {
        at: at(1_200).toISOString(),
        cpuPercent: null,
        memoryBytes: null,
        diskFreeBytes: 9_000,
        lagBlocks: null,
        peerCount: null,
        ...worst,
      },
    ]);
  });

  it("keeps its worst when the samples of an hour become one, and forgets what no chart shows", async () => {
    const { look, history } = await validator();
    await look(0, { cpuPercent: 10 });
    await look(700, { cpuPercent: 40, lagBlocks: 12 });
    await look(1_300, { cpuPercent: 10, peerCount: 0 });
    const prune = async (days: number) => pruneNodeHistory(await runtime.ctx({ now: () => at(days * 86_400) }), {});
    await prune(3);
    await prune(3);
    const week = await history(3 * 86_400, "7d");
    expect(week.samples).toMatchObject([{ at: at(0).toISOString(), cpuPercent: 20, lagBlocks: 12, peerCount: 0 }]);
    await prune(91);
    expect((await history(3 * 86_400, "7d")).samples).toEqual([]);
  });

  it("of a machine of one's own is what its reports tell: percentages, and no lag where the chain's tip is not known", async () => {
    const person = await createPerson(runtime);
    const paired = await createPairedMachine(person, networkId);
    await paired.machine.post(
      "/api/v1/validators/heartbeat",
      paired.report({ cpuPercent: 12, peerCount: 4, diskPercent: 60 }),
    );
    const { samples } = await getNodeHistory(await person.ctx(), {
      setupRequestId: paired.setupRequestId,
      span: "24h",
    });
    expect(samples).toMatchObject([
      { cpuPercent: 12, memoryBytes: null, diskPercent: 60, lagBlocks: null, peerCount: 4 },
    ]);
  });
});

describe("misses", () => {
  it("are counted once each, with what the state of the node then explains them by", async () => {
    const { look, history, nodeId, consensusPubkey } = await validator();
    const down = { status: "error", reason: "validators.node_crashed", sentence: "It ended." } as const;
    for (const second of [0, 10, 20]) await look(second);
    await look(30, { verdict: down, peerCount: null });
    await look(40, { verdict: down, peerCount: null });
    await look(50, { verdict: { status: "syncing", reason: null, sentence: "Catching up." } });
    await look(60);
    const spells = await runtime.db
      .select()
      .from(validatorNodeSpells)
      .where(eq(validatorNodeSpells.sourceId, nodeId))
      .orderBy(validatorNodeSpells.beganAt);
    expect(spells.map(({ condition }) => condition)).toEqual(["in_sync", "down", "behind", "in_sync"]);

    // A miss in each condition, one that nobody looked at, and one that is too young to judge.
    const missedAt = new Map([
      [5, "in_sync"],
      [35, "down"],
      [37, "down"],
      [51, "behind"],
      [300, "unknown"],
      [580, "too young"],
    ]);
    const seconds = [1, 5, 12, 35, 37, 45, 51, 70, 300, 400, 580, 581];
    const block = (second: number, index: number) => ({
      heightBlocks: BigInt(index + 1),
      hash: (index + 1).toString(16).toUpperCase().padStart(64, "0"),
      blockAt: at(second),
      proposerAddressHex: "0A".repeat(20),
      setHash: "CD".repeat(32),
      txCount: 0,
      signatures: missedAt.has(second) ? "ca" : "cc",
    });
    await recordBlocks(await runtime.ctx(), {
      networkId,
      via: "polling",
      tipHeightBlocks: BigInt(seconds.length),
      tipAt: at(581),
      sets: [
        {
          setHash: "CD".repeat(32),
          addresses: ["0A".repeat(20), consensusAddressHexOf(consensusPubkey)],
          votingPowers: [1n, 1n],
          firstHeightBlocks: 1n,
        },
      ],
      blocks: seconds.map(block),
    });
    const split = async () => splitMisses(await runtime.ctx({ now: () => at(600) }), {});
    await Promise.all([split(), split()]);
    await split();

    const { misses } = await history(3_600);
    const byCause = { stopped: 0, down: 2, no_peers: 0, behind: 1, in_sync: 1, unknown: 1 };
    expect(misses).toEqual({ byCause, hours: [{ at: at(0).toISOString(), byCause }], readToHeightBlocks: "10" });
    await splitMisses(await runtime.ctx({ now: () => at(800) }), {});
    expect((await history(3_600)).misses.byCause).toEqual({ ...byCause, unknown: 2 });
  });
});
