import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { handleMetricsRequest } from "@/server/http/handle-metrics-request";
import { runChecks } from "@/server/http/health/component";
import { handleHealthRequest } from "@/server/http/health/handle-health-request";
import { upstreamUnavailable } from "@/server/kernel/errors";
import type { ComponentHealth } from "@/server/kernel/health";
import { JOBS_BEAT, recordHeartbeat } from "@/server/kernel/heartbeats";
import { insertOutboxEvent } from "@/server/kernel/outbox";
import type { NodeHost } from "@/server/ports/node-host";
import { createPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestNodeRow, createTestSetup } from "../../support/factories/validators";
import { createFakeNodeHost } from "../../support/fakes/node-host";
import { apiRequest } from "../../support/http-client";
import { lateBy } from "../../support/late-by";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

const opened: TestRuntime[] = [];
afterAll(() => Promise.all(opened.map((one) => one.close())));

const stateFile = join(mkdtempSync(join(tmpdir(), "omniphi-health-")), "host.json");
const working = createFakeNodeHost({ stateFile });

const chains = createFakeChains({ chainFile: "/nonexistent/chain.json", hostFiles: [] });

let runtime: TestRuntime;
async function withHosts(hosts: Partial<Record<"process" | "docker", NodeHost>>): Promise<TestRuntime> {
  const made = await createTestRuntime({
    ports: { chains, nodeHosts: { process: working, docker: working, ...hosts } },
  });
  opened.push(made);
  return made;
}
beforeEach(async () => {
  runtime = await withHosts({});
});

async function health(): Promise<{
  status: number;
  headers: Headers;
  overall: string;
  by: Record<string, ComponentHealth>;
}> {
  const response = await handleHealthRequest(apiRequest("GET", "/api/health"));
  const body = (await response.json()) as { status: string; components: ComponentHealth[] };
  return {
    status: response.status,
    headers: response.headers,
    overall: body.status,
    by: Object.fromEntries(body.components.map((component) => [component.name, component])),
  };
}

const allWell = async () => {
  for (const component of ["engine", "relay", "watcher", "watcher:omniphi-localnet-1"]) {
    await recordHeartbeat(runtime.db, { component, status: "ok", reason: null });
  }
};
const age = (component: string, seconds: number) =>
  runtime.db.execute(
    sql`update process_heartbeats set at = now() - make_interval(secs => ${seconds}) where component = ${component}`,
  );

describe("/api/health", () => {
  it("says ok of each component when all is well", async () => {
    await allWell();
    const found = await health();
    expect([found.status, found.overall]).toEqual([200, "ok"]);
    expect(Object.fromEntries(Object.entries(found.by).map(([name, one]) => [name, one.status]))).toEqual({
      database: "ok",
      jobs: "ok",
      relay: "ok",
      watcher: "ok",
      "chain:omniphi-localnet-1": "ok",
      "runtime:process": "ok",
      "runtime:docker": "ok",
      channels: "ok",
    });
  });

  it("says unknown, not ok, of what never reported", async () => {
    const found = await health();
    expect([found.status, found.overall]).toEqual([200, "unknown"]);
    expect(found.by.jobs).toEqual({
      name: "jobs",
      status: "unknown",
      reason: "It has never reported.",
      ageSeconds: null,
    });
  });

  it("says down of a process that fell silent, and unknown of the chain that only it could see", async () => {
    await allWell();
    await age("watcher", 44.6);
    await age("watcher:omniphi-localnet-1", 44.6);
    const found = await health();
    expect(found.by.watcher).toMatchObject({ status: "down", reason: "No sign of life for 45 s.", ageSeconds: 45 });
    expect(found.by["chain:omniphi-localnet-1"]).toMatchObject({ status: "unknown" });
    expect([found.status, found.overall]).toEqual([200, "down"]);
  });

  it("repeats what a process says of itself, with its reason and age", async () => {
    await allWell();
    await recordHeartbeat(runtime.db, {
      component: "watcher:omniphi-localnet-1",
      status: "degraded",
      reason: "40 blocks behind.",
    });
    await age("watcher:omniphi-localnet-1", 11.6);
    expect((await health()).by["chain:omniphi-localnet-1"]).toMatchObject({
      status: "degraded",
      reason: "40 blocks behind.",
      ageSeconds: 12,
    });
  });

  it("says degraded of jobs when events wait though the engine lives", async () => {
    await allWell();
    await runtime.db.transaction((tx) =>
      insertOutboxEvent(tx, { name: "x/y.z", data: {} }, new Date(Date.now() - 300_000)),
    );
    expect((await health()).by.jobs).toMatchObject({
      status: "degraded",
      reason: expect.stringMatching(/^1 events wait/),
    });
  });

  it("asks a real Inngest server where one runs the jobs, and says down when it does not answer", async () => {
    let status = 200;
    const inngest = createServer((request, response) => {
      response.statusCode = request.url === "/health" ? status : 404;
      response.end();
    });
    await new Promise<void>((resolve) => inngest.listen(0, "127.0.0.1", resolve));
    const address = inngest.address();
    const inngestBaseUrl = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
    const withServer = async (beatAgeSeconds: number | null = 20) => {
      runtime = await createTestRuntime({
        ports: { nodeHosts: { process: working, docker: working } },
        settings: { inngestBaseUrl },
      });
      opened.push(runtime);
      if (beatAgeSeconds !== null) {
        await recordHeartbeat(runtime.db, { component: JOBS_BEAT, status: "ok", reason: null });
        await age(JOBS_BEAT, beatAgeSeconds);
      }
      return (await health()).by.jobs;
    };
    expect(await withServer()).toMatchObject({ status: "ok", ageSeconds: 20 });
    // A server that answers and runs nothing: it was never told of the functions, or cannot reach them.
    expect(await withServer(null)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("no scheduled job has run yet"),
    });
    expect(await withServer(240)).toMatchObject({
      status: "down",
      reason: expect.stringContaining("has run no scheduled job for 240 s"),
    });
    status = 500;
    expect(await withServer()).toMatchObject({ status: "down", reason: "The Inngest server answers 500." });
    inngest.closeAllConnections();
    await new Promise((resolve) => inngest.close(resolve));
    expect(await withServer()).toMatchObject({ status: "down", reason: "The Inngest server does not answer." });
  });

  it("says down of a host that refuses, with its words, and keeps serving", async () => {
    const refusing = {
      ...working,
      ping: async () => {
        throw upstreamUnavailable("runtime.unavailable", "Docker does not answer. Start it, then try again.");
      },
    };
    runtime = await withHosts({ docker: refusing });
    const found = await health();
    expect(found.status).toBe(200);
    expect(found.by["runtime:docker"]).toMatchObject({
      status: "down",
      reason: "Docker does not answer. Start it, then try again.",
    });
    expect(found.by["runtime:process"]).toMatchObject({ status: "ok" });
  });

  it("is degraded at most by a host that no node needs, and down with one that some node runs on", async () => {
    const refusing = {
      ...working,
      ping: async () => {
        throw upstreamUnavailable("runtime.unavailable", "Docker does not answer. Start it, then try again.");
      },
    };
    runtime = await withHosts({ docker: refusing });
    await allWell();
    const idle = await health();
    expect([idle.status, idle.overall, idle.by["runtime:docker"]?.isOptional]).toEqual([200, "degraded", true]);

    runtime = await withHosts({ process: refusing });
    await allWell();
    const { networkId } = await createTestNetwork(runtime);
    const person = await createPerson(runtime);
    const { organizationId } = person;
    const { setupRequestId } = await createTestSetup(person, networkId);
    await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
    const needed = await health();
    expect([needed.status, needed.overall, needed.by["runtime:process"]?.isOptional]).toEqual([200, "down", undefined]);
  });

  it("says unknown of a host that hangs, within two seconds", async () => {
    const hanging = { ...working, ping: () => new Promise<never>(() => {}) };
    runtime = await withHosts({ docker: hanging });
    const { value: found, lateMs } = await lateBy(1_500, health);
    expect(lateMs).toBeLessThan(500);
    expect(found.by["runtime:docker"]).toMatchObject({
      status: "unknown",
      reason: "It did not answer within 1500 ms.",
    });
  });

  it("needs no credential and sets no cookie", async () => {
    const found = await health();
    expect(found.headers.get("set-cookie")).toBeNull();
    expect(found.headers.get("cache-control")).toBe("no-store");
  });

  it("aborts what it no longer waits for", async () => {
    let isAborted = false;
    await runChecks(
      [
        {
          names: ["slow"],
          run: (signal) =>
            new Promise(() => {
              signal.addEventListener("abort", () => {
                isAborted = true;
              });
            }),
        },
      ],
      5,
    );
    expect(isAborted).toBe(true);
  });
});

describe("/metrics", () => {
  const metrics = (authorization?: string) =>
    handleMetricsRequest(apiRequest("GET", "/metrics", authorization ? { headers: { authorization } } : {}));

  it("serves Prometheus text to who holds the token", async () => {
    await recordHeartbeat(runtime.db, { component: "watcher", status: "ok", reason: null });
    await recordHeartbeat(runtime.db, {
      component: "relay",
      status: "ok",
      reason: null,
      details: { metrics: { sentEvents: 7 } },
    });
    await handleHealthRequest(apiRequest("GET", "/api/health"));
    const response = await metrics(`Bearer ${runtime.settings.metricsToken}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    for (const line of [
      /^omniphi_outbox_waiting 0$/m,
      /^omniphi_heartbeat_age_seconds\{component="watcher"\} /m,
      /^omniphi_process_figure\{component="relay",figure="sentEvents"\} 7$/m,
      /^omniphi_http_open_streams 0$/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it.each([
    undefined,
    "Bearer wrong",
    "Bearer a-metrics-token-of-the-tests-only-012",
    "Bearer a-metrics-token-of-the-tests-only-01234",
    "Basic a-metrics-token-of-the-tests-only-0123",
  ])("refuses %s", async (authorization) => {
    const response = await metrics(authorization);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain("omniphi_");
  });
});
