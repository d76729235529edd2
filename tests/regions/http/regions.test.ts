import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { users } from "@/db/schema/identity";
import { rateLimits } from "@/db/schema/system";
import { sampleHealth, seedRegions, updateRegion } from "@/server/domains/regions";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createServer, type EnrolledServer, serverReport } from "../../support/factories/regions";
import { callApi } from "../../support/http-client";
import { createTestMachine } from "../../support/test-machine";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const REGION = "eu-central";
const HOST = {
  regionCode: REGION,
  ipAddress: "192.0.2.10",
  provider: "Our own",
  machineType: "large",
  cpuCores: 8,
  memoryGb: 16,
  diskGb: 500,
};
let runtime: TestRuntime;
let operator: SignedInPerson;
let person: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
  operator = await createPerson(runtime);
  await runtime.db.update(users).set({ platformRole: "operator" }).where(eq(users.id, operator.userId));
  person = await createPerson(runtime);
});
beforeEach(() => runtime.db.delete(rateLimits));
afterAll(() => runtime.close());

const get = (path: string, who?: SignedInPerson) =>
  callApi("GET", `/api/v1${path}`, who ? { bearer: who.accessToken } : {});
const post = (path: string, json: unknown, who: SignedInPerson) =>
  callApi("POST", `/api/v1${path}`, { bearer: who.accessToken, json });
const heartbeatPath = ({ serverId }: EnrolledServer, regionCode = REGION) =>
  `/api/v1/regions/${regionCode}/servers/${serverId}/heartbeat`;

describe("GET /regions", () => {
  it("lists them with their free slots, and those that take nodes alone where that is asked", async () => {
    const all = await get("/regions");
    expect(all.status).toBe(200);
    expect(all.body.map(({ code }: { code: string }) => code)).toContain("australia");
    const open = await get("/regions?acceptingNew=true");
    expect(open.body.map(({ code }: { code: string }) => code)).toEqual(["us-east", "us-west", REGION, "asia-pacific"]);
    expect(open.body[0]).toMatchObject({ activeValidators: 0, capacityPercent: 0, slotsFree: 500, health: null });
    expect((await get("/regions?acceptingNew=perhaps")).status).toBe(400);
    expect((await get("/regions?status=gone")).status).toBe(400);
  });

  it("shows maintenance with the next look", async () => {
    await updateRegion(await runtime.ctx(), { regionCode: "us-west", status: "maintenance" });
    const open = await get("/regions?acceptingNew=true");
    expect(open.body.map(({ code }: { code: string }) => code)).not.toContain("us-west");
    expect((await get("/regions/us-west")).body.status).toBe("maintenance");
  });
});

describe("one region", () => {
  it("is found by code and by id, with its capacity and health", async () => {
    const byCode = await get(`/regions/${REGION}`);
    const byId = await get(`/regions/${byCode.body.id}`);
    expect([byCode.status, byId.body]).toEqual([200, byCode.body]);
    const capacity = await get(`/regions/${byCode.body.id}/capacity`);
    expect([capacity.status, capacity.body.slots.total]).toEqual([200, 350]);
    const health = await get("/regions/us-east/health");
    expect([health.status, health.body]).toEqual([200, { regionCode: "us-east", state: "unknown", health: null }]);
  });

  it.each(["", "/capacity", "/health"])("that does not exist is not found%s", async (part) => {
    const answer = await get(`/regions/nowhere${part}`);
    expect([answer.status, answer.body.code]).toEqual([404, "regions.not_found"]);
  });
});

describe("a server", () => {
  it("is registered by an operator, with a token that is shown once", async () => {
    const host = HOST;
    const made = await post("/regions/register-server", { ...host, hostname: "one.example.org" }, operator);
    expect(made.status).toBe(201);
    expect(made.body.token).toMatch(/^omnie_/);
    expect(made.body.server).toMatchObject({ regionCode: REGION, status: "provisioning", maxValidators: 10 });
    const again = await post("/regions/register-server", { ...host, hostname: "one.example.org" }, operator);
    expect([again.status, again.body.code]).toEqual([409, "regions.hostname_taken"]);
    const badIp = await post(
      "/regions/register-server",
      { ...host, hostname: "two.example.org", ipAddress: "1.2.3" },
      operator,
    );
    expect([badIp.status, Object.keys(badIp.body.fieldErrors ?? badIp.body.errors ?? {})]).toEqual([
      400,
      ["ipAddress"],
    ]);
    const nowhere = await post(
      "/regions/register-server",
      { ...host, hostname: "two.example.org", regionCode: "nowhere" },
      operator,
    );
    expect([nowhere.status, nowhere.body.code]).toEqual([404, "regions.not_found"]);
    const member = await post("/regions/register-server", { ...host, hostname: "two.example.org" }, person);
    expect([member.status, member.body.code]).toEqual([403, "auth.scope_missing"]);
  });

  it("reports by its own agent's signature, for itself and no other, and is listed", async () => {
    const one = await createServer(runtime, REGION);
    const other = await createServer(runtime, REGION);
    const answer = await one.report();
    expect([answer.status, answer.body.status, answer.body.commands]).toEqual([200, "active", []]);
    for (const path of [heartbeatPath(other), heartbeatPath(one, "us-east")]) {
      const refused = await one.machine.post(path, serverReport());
      expect([refused.status, refused.body.code]).toEqual([404, "regions.server_not_found"]);
    }
    const asPerson = await callApi("POST", heartbeatPath(one), { bearer: person.accessToken, json: serverReport() });
    expect([asPerson.status, asPerson.body.code]).toEqual([403, "agents.not_an_agent"]);
    const unsigned = await callApi("POST", heartbeatPath(one), { json: serverReport() });
    expect(unsigned.status).toBe(401);
    expect((await createTestMachine().post(heartbeatPath(one), serverReport())).status).toBe(401);

    const listed = await get(`/regions/${REGION}/servers?availableOnly=true`, operator);
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([one.serverId]);
    expect((await get(`/regions/${REGION}/servers`, person)).status).toBe(403);
    expect((await get("/regions/nowhere/servers", operator)).status).toBe(404);

    await sampleHealth(await runtime.ctx(), {});
    const health = await get(`/regions/${REGION}/health`);
    expect(health.body).toMatchObject({ state: "healthy", health: { totalServers: 1, score: expect.any(Number) } });
  });

  it("is drained, opened and decommissioned by an operator alone", async () => {
    const server = await createServer(runtime, REGION);
    const path = (act: string) => `/regions/${REGION}/servers/${server.serverId}/${act}`;
    await server.report();
    for (const act of ["drain", "resume", "decommission", "token"]) {
      expect((await post(path(act), {}, person)).status).toBe(403);
    }
    expect((await post(path("decommission"), {}, operator)).body.code).toBe("regions.server_not_drained");
    expect((await post(path("drain"), {}, operator)).body.placement).toBe("draining");
    expect((await post(path("resume"), {}, operator)).body.placement).toBe("open");
    await post(path("drain"), {}, operator);
    expect((await server.report()).body.placement).toBe("drained");
    expect((await post(path("decommission"), {}, operator)).body.status).toBe("decommissioned");
    const elsewhere = await post(`/regions/us-east/servers/${server.serverId}/drain`, {}, operator);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([404, "regions.server_not_found"]);
  });
});
