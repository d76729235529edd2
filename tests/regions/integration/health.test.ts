import { afterAll, beforeEach, expect, it } from "vitest";
import { regionHealth, serverSamples } from "@/db/schema/regions";
import {
  getRegion,
  getRegionCapacity,
  getRegionHealth,
  getRegionHistory,
  holdSlot,
  listCapacity,
  rollUpHealth,
  sampleHealth,
  seedRegions,
  tendServers,
} from "@/server/domains/regions";
import { createPerson } from "../../support/factories/identity";
import { beatAt, createServer } from "../../support/factories/regions";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const REGION = "eu-central";
const START = new Date("2026-01-01T12:00:00Z");
let runtime: TestRuntime;
beforeEach(async () => {
  await runtime?.close();
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
});
afterAll(() => runtime.close());

const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const ctxAt = (minutes: number) => runtime.ctx({ now: () => at(minutes) });
const sampleAt = async (minutes: number) => sampleHealth(await ctxAt(minutes), {});
const healthAt = async (minutes: number) => getRegionHealth(await ctxAt(minutes), { regionCode: REGION });

it("a region without samples is unknown, never well", async () => {
  expect(await sampleAt(0)).toEqual({ sampled: 0 });
  expect(await healthAt(0)).toEqual({ regionCode: REGION, state: "unknown", health: null });
  await createServer(runtime, REGION);
  expect(await sampleAt(1)).toEqual({ sampled: 0 });
  expect((await getRegion(await ctxAt(1), { regionCode: REGION })).health).toBeNull();
});

it("heartbeats become a score, and ten minutes without any are unknown again", async () => {
  const server = await createServer(runtime, REGION);
  for (let half = 0; half <= 20; half += 1) {
    await beatAt(runtime, server, REGION, at(half / 2), { lastRoundTripMs: half === 0 ? null : 100 });
  }
  await sampleAt(10);
  const { state, health } = await healthAt(10);
  expect(state).toBe("healthy");
  expect(health).toMatchObject({
    successPercent: 100,
    latencyMs: 100,
    totalServers: 1,
    healthyServers: 1,
    nodeCount: 0,
  });
  // 0.3 of 100, 0.2 of 90 and 0.3 of 100, over 0.8.
  expect(health?.score).toBeCloseTo(97.5, 3);
  expect((await getRegion(await ctxAt(10), { regionCode: REGION })).health?.score).toBeCloseTo(97.5, 3);

  await tendServers(await ctxAt(16), {});
  await sampleAt(16);
  expect(await healthAt(16)).toMatchObject({ state: "unhealthy", health: { errorServers: 1, healthyServers: 0 } });
  expect(await sampleAt(21)).toEqual({ sampled: 0 });
  expect(await healthAt(27)).toMatchObject({ state: "unknown", health: null });
});

it("minutes become hours, and are forgotten after a week", async () => {
  const server = await createServer(runtime, REGION);
  for (const minute of [1, 2, 3]) {
    await beatAt(runtime, server, REGION, at(minute), { cpuPercent: 10 * minute });
    await sampleAt(minute);
  }
  await rollUpHealth(await ctxAt(61), {});
  await rollUpHealth(await ctxAt(61), {});
  const rows = await runtime.db.select().from(regionHealth);
  const hours = rows.filter(({ span }) => span === "hour");
  expect(hours).toHaveLength(1);
  // Each minute is the mean of the heartbeats until then: 10, 15 and 20.
  expect(hours[0]).toMatchObject({ at: START, cpuPercent: 15, totalServers: 1 });
  const history = await getRegionHistory(await ctxAt(61), { regionCode: REGION, hours: 24 });
  expect(history.samples).toMatchObject([{ at: START.toISOString(), cpuPercent: 15 }]);

  await rollUpHealth(await ctxAt(8 * 24 * 60), {});
  expect((await runtime.db.select().from(regionHealth)).map(({ span }) => span)).toEqual(["hour"]);
  expect(await runtime.db.select().from(serverSamples)).toEqual([]);
});

it("capacity is what rows say: slots by size, and servers by kind", async () => {
  const person = await createPerson(runtime);
  const hold = async (id: string, tierCode?: "small" | "large") =>
    holdSlot(await person.ctx(), {
      regionCode: REGION,
      holder: { kind: "setupRequest", id },
      ...(tierCode ? { tierCode } : {}),
    });
  await hold("val_1", "small");
  await hold("val_2", "small");
  await hold("val_3", "large");
  await hold("val_4");
  const server = await createServer(runtime, REGION);
  await beatAt(runtime, server, REGION, new Date());
  await createServer(runtime, REGION);
  const capacity = await getRegionCapacity(await runtime.ctx(), { regionCode: REGION });
  expect(capacity.slots).toMatchObject({ total: 350, held: 4, free: 346 });
  expect(capacity.slots.byTier.map(({ tierCode, held }) => [tierCode, held])).toEqual([
    ["small", 2],
    ["medium", 0],
    ["large", 1],
    ["xlarge", 0],
    [null, 1],
  ]);
  expect(capacity.serverPools).toMatchObject([
    { machineType: "large", totalMachines: 2, availableMachines: 1, monthlyPriceMinorUnits: 11_999 },
  ]);
  expect(capacity.cpuCores).toEqual({ total: 16, usedPercent: null });
  const all = await listCapacity(await runtime.ctx(), {});
  expect(all.find(({ regionCode }) => regionCode === REGION)).toEqual(capacity);
  expect(all.every(({ slots }) => slots.byTier.reduce((sum, { held }) => sum + held, 0) === slots.held)).toBe(true);
});
