import { regionServers, regions } from "@/db/schema/regions";
import { registerServer, reportServerHeartbeat, seedRegions } from "@/server/domains/regions";
import { regionsDomain } from "@/server/domains/regions/domain";
import { createTestMachine, type TestMachine } from "../test-machine";
import type { TestRuntime } from "../test-runtime";
import type { SignedInPerson } from "./identity";

const HOST = { ipAddress: "192.0.2.10", provider: "Our own", cpuCores: 8, memoryGb: 16, diskGb: 500 };

/** One thing of each kind of this domain that can be asked for by its id. */
export async function idsOf(person: SignedInPerson): Promise<Readonly<Record<string, string>>> {
  const { db } = await person.ctx();
  const [region] = await db.select().from(regions).limit(1);
  const serverId = regionsDomain.newId("server");
  const regionId = region?.id ?? regionsDomain.newId("region");
  if (!region) {
    await db.insert(regions).values({
      id: regionId,
      code: `test-${serverId.slice(-12)}`,
      displayName: "Of a test",
      city: "Nowhere",
      countryCode: "US",
      latitude: 0,
      longitude: 0,
      cloudZones: {},
      status: "coming_soon",
      isAcceptingNew: false,
      maxValidators: 0,
      priority: 99,
    });
  }
  await db.insert(regionServers).values({
    ...HOST,
    id: serverId,
    regionId,
    hostname: `${serverId.slice(4)}.example.org`,
    machineType: "large",
    maxValidators: 10,
    tags: [],
  });
  return { server: serverId, region: regionId };
}

export type EnrolledServer = {
  readonly serverId: string;
  readonly machine: TestMachine;
  /** Sends one report, of a machine that is well where nothing else is said. */
  report(change?: object): ReturnType<TestMachine["post"]>;
};

let made = 0;

/** A server of that region, with its agent enrolled by a key of its own. */
export async function createServer(runtime: TestRuntime, regionCode: string): Promise<EnrolledServer> {
  await seedRegions(await runtime.ctx(), {});
  made += 1;
  const { server, token } = await registerServer(await runtime.ctx(), {
    ...HOST,
    regionCode,
    hostname: `host-${made}-${Date.now()}.example.org`,
    machineType: "large",
  });
  const machine = createTestMachine();
  const enrolled = await machine.enrol(token ?? "", null);
  if (enrolled.status !== 201) throw new Error(`not enrolled: ${JSON.stringify(enrolled.body)}`);
  return {
    serverId: server.id,
    machine,
    report: (change = {}) =>
      machine.post(`/api/v1/regions/${regionCode}/servers/${server.id}/heartbeat`, serverReport(change)),
  };
}

/** The same report without HTTP and its limits, at a time of the test's own. */
export async function beatAt(
  runtime: TestRuntime,
  { serverId, machine }: EnrolledServer,
  regionCode: string,
  at: Date,
  change: object = {},
): Promise<void> {
  const ctx = await runtime.ctx({ now: () => at });
  await reportServerHeartbeat(
    { ...ctx, actor: { kind: "agent", agentId: machine.agentId, scopes: ["agents:write"] }, organizationId: null },
    { regionCode, serverId, ...serverReport(change) },
  );
}

/** What the agent of a machine that is well says. */
export const serverReport = (change: object = {}) => ({
  agentVersion: "1.0.0",
  cpuPercent: 10,
  memoryPercent: 20,
  diskPercent: 30,
  loadAverage: 0.5,
  uptimeSeconds: 600,
  lastRoundTripMs: 40,
  nodes: [],
  ...change,
});
