import { statSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  drainServer,
  getRegionHealth,
  getServer,
  getServerHistory,
  registerServer,
  sampleHealth,
  seedRegions,
} from "@/server/domains/regions";
import { startAgentProgram } from "../../support/agent-program";
import { startApiServer } from "../../support/api-server";
import { eventually } from "../../support/eventually";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const REGION = "eu-central";
let runtime: TestRuntime;
let api: Awaited<ReturnType<typeof startApiServer>>;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
  api = await startApiServer();
});
afterAll(async () => {
  await api?.close();
  await runtime?.close();
});

it("the program that people download enrols this machine as a server, and what it measures becomes samples and a score", async () => {
  const { server, token } = await registerServer(await runtime.ctx(), {
    regionCode: REGION,
    hostname: "this-machine.example.org",
    ipAddress: "127.0.0.1",
    provider: "Our own",
    machineType: "custom",
    cpuCores: 2,
    memoryGb: 4,
    diskGb: 10,
  });
  const { id: serverId } = server;
  const read = async () => getServer(await runtime.ctx(), { serverId });
  const start = (more: readonly string[]) =>
    startAgentProgram(
      ["--url", api.url, "--region", REGION, "--server", serverId, "--docker", "/nonexistent/docker.sock", ...more],
      "server",
    );
  const agent = await start(["--token", token ?? ""]);
  try {
    await eventually("its first report is in", async () => (await read()).lastHeartbeatAt !== null, 30_000);
    const first = await read();
    expect(first).toMatchObject({ status: expect.stringMatching(/^(active|degraded)$/), nodes: [] });
    for (const figure of [first.memoryPercent, first.diskPercent]) {
      expect(figure).toBeGreaterThan(0);
      expect(figure).toBeLessThanOrEqual(100);
    }
    expect(first.uptimeSeconds).toBeGreaterThan(0);
    // No report can tell how long it took itself.
    expect(first.roundTripMs).toBeNull();
    expect(statSync(agent.statePath).mode & 0o777).toBe(0o600);

    await drainServer(await runtime.ctx(), { regionCode: REGION, serverId });
    await eventually(
      "its next report says that it is empty",
      async () => (await read()).placement === "drained",
      60_000,
    );
    await eventually("it was told so", async () => /No new node comes to this server/.test(agent.output()), 30_000);
    expect((await read()).roundTripMs).toBeGreaterThanOrEqual(0);
    const history = await getServerHistory(await runtime.ctx(), { serverId, hours: 1 });
    expect(history.samples.length).toBeGreaterThanOrEqual(1);
    await sampleHealth(await runtime.ctx(), {});
    const { state, health } = await getRegionHealth(await runtime.ctx(), { regionCode: REGION });
    expect(state).not.toBe("unknown");
    expect(health).toMatchObject({ totalServers: 1, latencyMs: expect.any(Number), score: expect.any(Number) });
  } catch (thrown) {
    throw new Error(`${(thrown as Error).message}\n--- the agent said ---\n${agent.output()}`, { cause: thrown });
  } finally {
    expect(await agent.stop()).toBe(0);
  }
  // The token was good once.
  const second = await start(["--token", token ?? ""]);
  await eventually("the second machine is refused", async () => /not valid here/.test(second.output()), 30_000);
  // It ends by itself; asked to end in the moment before, it would end by the signal.
  expect(await second.ended()).toBe(1);
  await second.stop();
});
