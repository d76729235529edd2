import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { regionServers } from "@/db/schema/regions";
import { auditEvents } from "@/db/schema/system";
import {
  decommissionServer,
  drainServer,
  getServer,
  getServerHistory,
  listServers,
  registerServer,
  renewServerToken,
  resumeServer,
  seedRegions,
  tendServers,
} from "@/server/domains/regions";
import { eventually } from "../../support/eventually";
import { beatAt, createServer, type EnrolledServer } from "../../support/factories/regions";
import { createTestMachine } from "../../support/test-machine";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const REGION = "eu-central";
const HOST = {
  regionCode: REGION,
  ipAddress: "2001:db8::10",
  provider: "Our own",
  machineType: "large",
  cpuCores: 8,
  memoryGb: 16,
  diskGb: 500,
} as const;
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
});
afterAll(() => runtime.close());

const minutesFrom = (start: Date, minutes: number) => new Date(start.getTime() + minutes * 60_000);
const ref = (server: EnrolledServer) => ({ regionCode: REGION, serverId: server.serverId });
const read = async (server: EnrolledServer) => getServer(await runtime.ctx(), { serverId: server.serverId });
const actionsOn = async (serverId: string) =>
  (await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, serverId))).map(({ action }) => action);

describe("a server", () => {
  it("is nothing known of until its agent reports, and then what was measured", async () => {
    const server = await createServer(runtime, REGION);
    expect(await read(server)).toMatchObject({
      status: "provisioning",
      isAvailable: false,
      cpuPercent: null,
      nodes: null,
      lastHeartbeatAt: null,
    });
    await beatAt(runtime, server, REGION, new Date(), { cpuPercent: 12.5, lastRoundTripMs: null });
    expect(await read(server)).toMatchObject({
      status: "active",
      isAvailable: true,
      cpuPercent: 12.5,
      roundTripMs: null,
      nodes: [],
    });
  });

  it("is refused what no row could keep, and what it reported before stays", async () => {
    const server = await createServer(runtime, REGION);
    await beatAt(runtime, server, REGION, new Date(), { uptimeSeconds: 2 ** 31 - 1 });
    await expect(beatAt(runtime, server, REGION, new Date(), { uptimeSeconds: 2 ** 31 })).rejects.toMatchObject({
      kind: "invalid",
      fieldErrors: { uptimeSeconds: expect.anything() },
    });
    expect(await read(server)).toMatchObject({ status: "active", uptimeSeconds: 2 ** 31 - 1 });
  });

  it("that is short of disk is degraded and takes nothing, until it is well again", async () => {
    const server = await createServer(runtime, REGION);
    await beatAt(runtime, server, REGION, new Date(), { diskPercent: 96 });
    expect(await read(server)).toMatchObject({ status: "degraded", isAvailable: false });
    await beatAt(runtime, server, REGION, new Date());
    expect(await read(server)).toMatchObject({ status: "active" });
  });

  it("whose agent could not count its nodes is not offered, and not taken for empty", async () => {
    const server = await createServer(runtime, REGION);
    await beatAt(runtime, server, REGION, new Date(), { nodes: null });
    expect(await read(server)).toMatchObject({ status: "active", nodes: null, isAvailable: false });
    await drainServer(await runtime.ctx(), ref(server));
    await beatAt(runtime, server, REGION, new Date(), { nodes: null });
    expect(await read(server)).toMatchObject({ placement: "draining" });
  });

  it("that is silent is offline within six minutes, and back with its next report", async () => {
    const server = await createServer(runtime, REGION);
    const start = new Date();
    await beatAt(runtime, server, REGION, start);
    await tendServers(await runtime.ctx({ now: () => minutesFrom(start, 4) }), {});
    expect(await read(server)).toMatchObject({ status: "active" });
    await tendServers(await runtime.ctx({ now: () => minutesFrom(start, 5.9) }), {});
    expect(await read(server)).toMatchObject({ status: "offline", isAvailable: false });
    await beatAt(runtime, server, REGION, minutesFrom(start, 7));
    expect(await read(server)).toMatchObject({ status: "active" });
  });

  it("is not called silent while its report is being taken in", async () => {
    const server = await createServer(runtime, REGION);
    const start = new Date();
    await beatAt(runtime, server, REGION, start);
    const ctx = await runtime.ctx({ now: () => minutesFrom(start, 6) });
    let isOver = false;
    let tending: Promise<unknown> | undefined;
    await runtime.db.transaction(async (tx) => {
      const heard = { lastHeartbeatAt: minutesFrom(start, 6) };
      await tx.update(regionServers).set(heard).where(eq(regionServers.id, server.serverId));
      tending = tendServers(ctx, {}).finally(() => {
        isOver = true;
      });
      await eventually("it is over, or waits for the report's end", async () => {
        const [row] = await runtime.db.execute<{ waiting: number }>(
          sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return isOver || (row?.waiting ?? 0) > 0;
      });
    });
    await tending;
    expect(await read(server)).toMatchObject({ status: "active" });
  });

  it("keeps its samples, on an even raster without what was not reported", async () => {
    const server = await createServer(runtime, REGION);
    const start = minutesFrom(new Date(), -40);
    for (const minute of [0, 0.25, 20]) {
      await beatAt(runtime, server, REGION, minutesFrom(start, minute), { cpuPercent: 10 + minute });
    }
    const history = await getServerHistory(await runtime.ctx(), { serverId: server.serverId, hours: 1 });
    expect(history.stepSeconds).toBe(60);
    expect(history.samples.reduce((sum, { cpuPercent }) => sum + (cpuPercent ?? 0), 0)).toBeLessThan(51);
    expect(history.samples.length).toBeGreaterThanOrEqual(2);
    expect(history.samples.at(-1)).toMatchObject({ cpuPercent: 30, nodeCount: 0 });
  });
});

describe("registering", () => {
  it("refuses a host name that a server has, and gives it free with that one's end", async () => {
    const host = { ...HOST, hostname: "FRA1-Host.example.org" };
    const { server } = await registerServer(await runtime.ctx(), host);
    expect(server.hostname).toBe("fra1-host.example.org");
    await expect(registerServer(await runtime.ctx(), host)).rejects.toMatchObject({
      kind: "conflict",
      code: "regions.hostname_taken",
    });
    await decommissionServer(await runtime.ctx(), { regionCode: REGION, serverId: server.id });
    expect((await registerServer(await runtime.ctx(), host)).server.status).toBe("provisioning");
  });

  it.each([
    ["ipAddress", "300.1.2.3"],
    ["ipAddress", "::zz"],
    ["internalIp", "10.0.0"],
    ["hostname", "no spaces.example.org"],
    ["hostname", "-begins.example.org"],
    ["cpuCores", 0],
    ["memoryGb", -1],
    ["diskGb", 0],
  ])("refuses %s of %s", async (field, value) => {
    const input = { ...HOST, hostname: "fine.example.org", [field]: value };
    await expect(registerServer(await runtime.ctx(), input)).rejects.toMatchObject({
      kind: "invalid",
      fieldErrors: { [field]: [expect.any(String)] },
    });
  });

  it("says that there is no such region", async () => {
    const input = { ...HOST, hostname: "nowhere.example.org", regionCode: "nowhere" };
    await expect(registerServer(await runtime.ctx(), input)).rejects.toMatchObject({ code: "regions.not_found" });
  });

  it("again gives a new token, and refuses the agent that was there", async () => {
    const server = await createServer(runtime, REGION);
    expect((await server.report()).status).toBe(200);
    const renewed = await renewServerToken(await runtime.ctx(), ref(server));
    expect((await server.report()).body.code).toBe("agents.revoked");
    const machine = createTestMachine();
    expect((await machine.enrol(renewed.token ?? "", null)).status).toBe(201);
  });
});

describe("draining", () => {
  it("offers it to nobody, lists what is on it, and ends when it is empty", async () => {
    const server = await createServer(runtime, REGION);
    const nodes = [{ name: "omniphi-validator-node_1", state: "running" }];
    await beatAt(runtime, server, REGION, new Date(), { nodes });
    const available = async () =>
      (await listServers(await runtime.ctx(), { regionCode: REGION, availableOnly: true })).items.map(({ id }) => id);
    expect(await available()).toContain(server.serverId);
    await drainServer(await runtime.ctx(), ref(server));
    expect(await available()).not.toContain(server.serverId);
    await beatAt(runtime, server, REGION, new Date(), { nodes });
    expect(await read(server)).toMatchObject({ placement: "draining", nodes });
    await expect(decommissionServer(await runtime.ctx(), ref(server))).rejects.toMatchObject({
      code: "regions.server_not_empty",
    });
    await beatAt(runtime, server, REGION, new Date(), { nodes: [] });
    expect(await read(server)).toMatchObject({ placement: "drained", status: "active" });
  });

  it("tells the agent by a signed command, and can be taken back", async () => {
    const server = await createServer(runtime, REGION);
    await server.report();
    await drainServer(await runtime.ctx(), ref(server));
    await resumeServer(await runtime.ctx(), ref(server));
    const { body } = await server.report();
    expect(body).toMatchObject({ status: "active", placement: "open" });
    expect(body.commands.map(({ kind }: { kind: string }) => kind)).toEqual(["drain", "resume"]);
    await expect(resumeServer(await runtime.ctx(), ref(server))).rejects.toMatchObject({
      code: "regions.invalid_transition",
    });
    expect(await actionsOn(server.serverId)).toEqual(
      expect.arrayContaining(["regions.server.registered", "regions.server.draining", "regions.server.opened"]),
    );
  });
});

describe("decommissioning", () => {
  it("wants it drained first, ends its agent, and is in the audit log", async () => {
    const server = await createServer(runtime, REGION);
    await beatAt(runtime, server, REGION, new Date());
    await expect(decommissionServer(await runtime.ctx(), ref(server))).rejects.toMatchObject({
      code: "regions.server_not_drained",
    });
    await drainServer(await runtime.ctx(), ref(server));
    await beatAt(runtime, server, REGION, new Date());
    await decommissionServer(await runtime.ctx(), ref(server));
    expect(await read(server)).toMatchObject({ status: "decommissioned", decommissionedAt: expect.any(String) });
    expect((await server.report()).body.code).toBe("agents.revoked");
    expect(await actionsOn(server.serverId)).toContain("regions.server.decommissioned");
    await expect(drainServer(await runtime.ctx(), ref(server))).rejects.toMatchObject({ code: "regions.server_ended" });
  });

  it("of a silent machine needs the operator's word that it is gone", async () => {
    const server = await createServer(runtime, REGION);
    const start = minutesFrom(new Date(), -10);
    await beatAt(runtime, server, REGION, start);
    await tendServers(await runtime.ctx(), {});
    await expect(decommissionServer(await runtime.ctx(), ref(server))).rejects.toMatchObject({
      code: "regions.server_not_empty",
    });
    await decommissionServer(await runtime.ctx(), { ...ref(server), isGone: true });
    expect(await actionsOn(server.serverId)).toContain("regions.server.said_gone");
  });
});
