import { and, eq, inArray } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chainValidators } from "@/db/schema/chain";
import { fleetBulkRows, fleetBulkRuns } from "@/db/schema/fleet";
import { auditEvents, outboxEvents } from "@/db/schema/system";
import {
  localValidatorHeartbeats,
  provisioningEvents,
  validatorNodes,
  validatorSetupRequests,
} from "@/db/schema/validators";
import {
  cancelBulkRun,
  getBulkRun,
  getVersionSpread,
  listBulkRows,
  listFleet,
  pauseBulkRun,
  planBulkRun,
  resumeBulkRun,
} from "@/server/domains/fleet";
import { advanceRun } from "@/server/domains/fleet/bulk/advance-run";
import { findRun } from "@/server/domains/fleet/repository";
import { releaseNode, startNode } from "@/server/domains/validators";
import { createReportedMachine } from "../../support/factories/agents";
import {
  createTestFleet,
  endOperations,
  type FleetMate,
  operatorCtx,
  startTestRun,
} from "../../support/factories/fleet";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import type { Seen } from "../../support/factories/watched-validator";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let operator: SignedInPerson;
let networkId: string;
let mates: readonly FleetMate[];
beforeEach(async () => {
  runtime = await createTestRuntime();
  operator = await createPerson(runtime);
});
afterEach(() => runtime.close());

const fleetOf = async (...seen: readonly Seen[]) => {
  ({ networkId, mates } = await createTestFleet(runtime, seen));
};
const mate = (place: number): FleetMate => {
  const found = mates[place];
  if (!found) throw new Error(`there is no validator ${place}`);
  return found;
};
const asOperator = () => operatorCtx(runtime, operator);
const advance = async (bulkRunId: string) => {
  const run = await findRun(runtime.db, bulkRunId);
  const ctx = { ...(await runtime.ctx()), organizationId: null };
  return advanceRun(ctx, { bulkRunId, generation: run?.generation ?? 0 });
};
const statusesOf = async (bulkRunId: string) =>
  (
    await runtime.db
      .select()
      .from(fleetBulkRows)
      .where(eq(fleetBulkRows.bulkRunId, bulkRunId))
      .orderBy(fleetBulkRows.position)
  ).map(({ status }) => status);
const plan = async (change: Partial<Parameters<typeof planBulkRun>[1]> = {}) =>
  planBulkRun(await asOperator(), { act: "redeploy", filter: { networkId }, maxPowerPercent: 100, ...change });
const refusals = ({ rows }: Awaited<ReturnType<typeof plan>>) =>
  Object.fromEntries(rows.map(({ validatorName, refusal }) => [validatorName, refusal]));

describe("a plan", () => {
  it("says of each node what its own gates say, and changes nothing", async () => {
    await fleetOf({}, { node: { operation: "stop" } }, { validator: { missedBlocks: 60 } }, {});
    const elsewhere = mate(3);
    const [setup] = await runtime.db
      .select()
      .from(validatorSetupRequests)
      .where(eq(validatorSetupRequests.id, elsewhere.setupRequestId));
    const { agentId } = await createReportedMachine(elsewhere.owner, {
      networkId,
      consensusPubkey: setup?.consensusPubkey ?? "",
    });
    await runtime.db
      .update(localValidatorHeartbeats)
      .set({ signAdvancedAt: new Date() })
      .where(eq(localValidatorHeartbeats.agentId, agentId));
    const countAll = async () =>
      Promise.all(
        [auditEvents, outboxEvents, provisioningEvents].map(
          async (table) => (await runtime.db.select().from(table)).length,
        ),
      );
    const before = [await countAll(), await runtime.db.select().from(validatorNodes)];

    const planned = await plan();
    expect(refusals(planned)).toEqual({
      "Validator 0": null,
      "Validator 1": "validators.operation_under_way",
      "Validator 2": "fleet.would_be_jailed",
      "Validator 3": "validators.signs_elsewhere",
    });
    expect(planned).toMatchObject({ allowed: 1, refused: 3, confirmation: "redeploy 1 node" });
    expect(planned.rows.find(({ validatorName }) => validatorName === "Validator 0")?.powerPercent).toBe(25);
    expect([await countAll(), await runtime.db.select().from(validatorNodes)]).toEqual(before);
  });

  it("refuses to stop who would be jailed, with the price in misses, unless jail is allowed", async () => {
    await fleetOf({}, { validator: { jailed: true, status: "unbonding" } });
    const careful = await plan({ act: "stop" });
    expect(refusals(careful)).toEqual({ "Validator 0": "fleet.would_be_jailed", "Validator 1": null });
    expect(careful.rows.find(({ refusal }) => refusal !== null)?.sentence).toMatch(
      /jailed after 100.blocks, about 1.min 40/,
    );
    expect((await plan({ act: "stop", mayJail: true })).allowed).toBe(2);
  });

  it("takes a validator of which nothing was read for one that may sign, with a stake that may be any", async () => {
    await fleetOf({}, {});
    await runtime.db.delete(chainValidators).where(eq(chainValidators.operatorAddress, mate(0).operatorAddress));
    expect(refusals(await plan({ act: "stop" }))["Validator 0"]).toBe("fleet.would_be_jailed");
    expect(refusals(await plan({ act: "stop", mayJail: true }))).toEqual({
      "Validator 0": "fleet.power_unknown",
      "Validator 1": null,
    });
    // Whoever starts one takes nothing away.
    expect(refusals(await plan({ act: "hold" }))["Validator 0"]).toBeNull();
  });

  it("keeps the stopped ones within the share of voting power, one beside the other", async () => {
    await fleetOf({}, {}, {}, {});
    const half = await plan({ act: "stop", mayJail: true, maxPowerPercent: 50 });
    expect(Object.values(refusals(half)).sort()).toEqual(["fleet.too_much_power", "fleet.too_much_power", null, null]);
    expect((await plan({ maxPowerPercent: 24 })).allowed).toBe(0);
  });
});

describe("a bulk run", () => {
  it("is not begun on words that are not the plan's", async () => {
    await fleetOf({}, { node: { operation: "stop" } });
    await expect(startTestRun(runtime, operator, mates)).rejects.toMatchObject({
      code: "fleet.plan_changed",
      details: { expected: "redeploy 1 node" },
    });
  });

  it("works on so many at once, and each act stands in both logs", async () => {
    await fleetOf({}, {}, {});
    const { bulkRunId } = await startTestRun(runtime, operator, mates, { atOnce: 2 });
    expect(await advance(bulkRunId)).toEqual({ isWaiting: true });
    expect(await statusesOf(bulkRunId)).toEqual(["under_way", "under_way", "waiting"]);
    // Looked at again before they are done, nobody is asked twice and nobody besides.
    await advance(bulkRunId);
    expect(await statusesOf(bulkRunId)).toEqual(["under_way", "under_way", "waiting"]);
    await endOperations(runtime);
    await advance(bulkRunId);
    expect(await statusesOf(bulkRunId)).toEqual(["done", "done", "under_way"]);
    await endOperations(runtime, "error");
    expect(await advance(bulkRunId)).toEqual({ isWaiting: false });
    expect(await getBulkRun(await asOperator(), { bulkRunId })).toMatchObject({
      status: "done",
      counts: { done: 2, failed: 1 },
    });
    const { items } = await listBulkRows(await asOperator(), { bulkRunId, status: "failed" });
    expect(items.map(({ sentence }) => sentence)).toEqual(["It did not come up."]);

    for (const { nodeId, owner } of mates) {
      const own = await runtime.db
        .select({ action: auditEvents.action, details: auditEvents.details })
        .from(auditEvents)
        .where(and(eq(auditEvents.organizationId, owner.organizationId), eq(auditEvents.targetId, nodeId)));
      expect(own.map(({ action }) => action).sort()).toEqual([
        "fleet.bulk_act.asked",
        "validators.node.redeploy_requested",
      ]);
      expect(own.find(({ action }) => action === "fleet.bulk_act.asked")?.details).toMatchObject({
        bulkRunId,
        startedBy: `user:${operator.userId}`,
        reason: "A test of many",
      });
    }
    const platform = await runtime.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(and(eq(auditEvents.chainKey, "platform"), inArray(auditEvents.targetType, ["bulk_run", "bulk_row"])));
    expect(platform.map(({ action }) => action).sort()).toEqual([
      "fleet.bulk_row.done",
      "fleet.bulk_row.done",
      "fleet.bulk_row.failed",
      "fleet.bulk_row.under_way",
      "fleet.bulk_row.under_way",
      "fleet.bulk_row.under_way",
      "fleet.bulk_run.done",
      "fleet.bulk_run.started",
    ]);
  });

  it("keeps voting power away within its share, however many may be worked on", async () => {
    await fleetOf({}, {}, {}, {});
    const { bulkRunId } = await startTestRun(runtime, operator, mates, { atOnce: 4, maxPowerPercent: 50 });
    await advance(bulkRunId);
    expect((await statusesOf(bulkRunId)).filter((status) => status === "under_way")).toHaveLength(2);
    await endOperations(runtime);
    await advance(bulkRunId);
    expect(await statusesOf(bulkRunId)).toEqual(["done", "done", "under_way", "under_way"]);
  });

  it("keeps two people's runs within the share together, also where both look at the same moment", async () => {
    await fleetOf({}, {}, {}, {});
    const half = { atOnce: 4, maxPowerPercent: 50 };
    const runs = [
      await startTestRun(runtime, operator, mates.slice(0, 2), half),
      await startTestRun(runtime, await createPerson(runtime), mates.slice(2), half),
    ];
    await Promise.all(runs.map(({ bulkRunId }) => advance(bulkRunId)));
    const statuses = (await Promise.all(runs.map(({ bulkRunId }) => statusesOf(bulkRunId)))).flat();
    expect(statuses.filter((status) => status === "under_way")).toHaveLength(2);
    expect(statuses.filter((status) => status === "waiting")).toHaveLength(2);
  });

  it("goes by the stake of now, not by that of the plan", async () => {
    await fleetOf({}, { validator: { status: "unbonded" } });
    const { bulkRunId } = await startTestRun(runtime, operator, mates, { atOnce: 2, maxPowerPercent: 100 });
    const share = { maxPowerPercent: 50 };
    await runtime.db.update(fleetBulkRuns).set(share).where(eq(fleetBulkRuns.id, bulkRunId));
    // It joined the set since, and has three quarters of the stake.
    await mate(1).show({ validator: { tokensBaseUnits: 3_000_000n }, signatures: "cc" }, new Date());
    await advance(bulkRunId);
    const { items } = await listBulkRows(await asOperator(), { bulkRunId });
    expect(Object.fromEntries(items.map(({ validatorName, status }) => [validatorName, status]))).toEqual({
      "Validator 0": "under_way",
      "Validator 1": "waiting",
    });
  });

  it("leaves out who would be jailed by the time its turn comes", async () => {
    await fleetOf({}, {});
    const { bulkRunId } = await startTestRun(runtime, operator, mates, { atOnce: 1 });
    await advance(bulkRunId);
    await endOperations(runtime);
    for (const one of mates) await one.show({ validator: { missedBlocks: 90 }, signatures: "cc" }, new Date());
    await advance(bulkRunId);
    const { items } = await listBulkRows(await asOperator(), { bulkRunId });
    expect(items.map(({ status, statusReason }) => [status, statusReason])).toEqual([
      ["done", null],
      ["refused", "fleet.would_be_jailed"],
    ]);
  });

  it("asks nobody while it is paused, goes on, and leaves alone who waits when it is cancelled", async () => {
    await fleetOf({}, {}, {});
    const { bulkRunId } = await startTestRun(runtime, operator, mates, { atOnce: 1 });
    await advance(bulkRunId);
    await pauseBulkRun(await asOperator(), { bulkRunId });
    await endOperations(runtime);
    expect(await advance(bulkRunId)).toEqual({ isWaiting: false });
    expect(await statusesOf(bulkRunId)).toEqual(["done", "waiting", "waiting"]);
    await resumeBulkRun(await asOperator(), { bulkRunId });
    await advance(bulkRunId);
    expect(await statusesOf(bulkRunId)).toEqual(["done", "under_way", "waiting"]);
    const before = await findRun(runtime.db, bulkRunId);
    await cancelBulkRun(await asOperator(), { bulkRunId });
    expect(await statusesOf(bulkRunId)).toEqual(["done", "under_way", "cancelled"]);
    // A look of the generation before is late.
    const late = { ...(await runtime.ctx()), organizationId: null };
    await expect(advanceRun(late, { bulkRunId, generation: before?.generation ?? 0 })).rejects.toMatchObject({
      code: "fleet.superseded",
    });
    expect(await advance(bulkRunId)).toEqual({ isWaiting: true });
    await endOperations(runtime);
    await advance(bulkRunId);
    expect((await getBulkRun(await asOperator(), { bulkRunId })).status).toBe("cancelled");
    await expect(pauseBulkRun(await asOperator(), { bulkRunId })).rejects.toMatchObject({
      code: "fleet.invalid_run_transition",
    });
  });
});

describe("a node that is held back", () => {
  it("is started by nobody until it is released, and its owner reads why", async () => {
    await fleetOf({ node: { status: "stopped", desiredState: "stopped" } });
    const { setupRequestId, nodeId, owner } = mate(0);
    const { bulkRunId } = await startTestRun(runtime, operator, mates, { act: "hold" });
    expect(await advance(bulkRunId)).toEqual({ isWaiting: false });
    expect(await statusesOf(bulkRunId)).toEqual(["done"]);
    await expect(startNode(await owner.ctx(), { setupRequestId })).rejects.toMatchObject({
      code: "validators.node_held",
      details: { reason: "A test of many" },
    });
    expect(refusals(await plan({ act: "start" }))).toEqual({ "Validator 0": "validators.node_held" });
    expect(refusals(await plan({ act: "hold" }))).toEqual({ "Validator 0": "validators.already_held" });
    const logged = await runtime.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(and(eq(auditEvents.organizationId, owner.organizationId), eq(auditEvents.targetId, nodeId)));
    expect(logged.map(({ action }) => action).sort()).toEqual(["fleet.bulk_act.asked", "validators.node.held"]);

    await releaseNode(await asOperator(), { setupRequestId });
    await expect(releaseNode(await asOperator(), { setupRequestId })).rejects.toMatchObject({
      code: "validators.not_held",
    });
    await expect(startNode(await owner.ctx(), { setupRequestId })).resolves.toMatchObject({ operation: "start" });
  });
});

describe("the fleet", () => {
  it("is filtered by driver, version, node and standing, whosever it is", async () => {
    await fleetOf({}, { node: { binaryVersion: "v2.0.0" } }, { node: { binaryVersion: "", status: "stopped" } });
    const named = async (filter: object) =>
      (await listFleet(await asOperator(), { networkId, ...filter })).items.map(
        ({ setupRequest }) => setupRequest.validatorName,
      );
    expect(await named({})).toEqual(["Validator 2", "Validator 1", "Validator 0"]);
    expect(await named({ version: "v2.0.0" })).toEqual(["Validator 1"]);
    expect(await named({ version: "unknown" })).toEqual(["Validator 2"]);
    expect(await named({ nodeState: "stopped" })).toEqual(["Validator 2"]);
    expect(await named({ standing: "signing", driver: "process" })).toHaveLength(3);
    expect(await named({ driver: "docker" })).toEqual([]);
    expect(await named({ regionCode: "nowhere" })).toEqual([]);
    const { networks } = await getVersionSpread(await asOperator(), {});
    expect(networks).toMatchObject([{ networkId, nodes: 3, versions: [{ nodes: 1 }, { nodes: 1 }, { nodes: 1 }] }]);
    expect(networks[0]?.versions.map(({ version }) => version).sort()).toEqual(["unknown", "v0", "v2.0.0"]);
  });
});
