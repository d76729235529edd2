import type { Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "@/inngest/engine";
import { createEmbeddedJobRuns } from "@/server/adapters/job-engine/embedded-job-runs";
import { createExternalJobRuns } from "@/server/adapters/job-engine/external-job-runs";
import { grantPlatformRole, listPlatformAudit } from "@/server/domains/identity";
import { cancelJobRun, getJobEngine, getJobRun, listJobRuns, retryJobRun } from "@/server/domains/operations";
import { JobRunDetail } from "@/server/domains/operations/schemas";
import type { ServiceCtx } from "@/server/kernel/context";
import type { JobRuns } from "@/server/ports/job-runs";
import type { Ports } from "@/server/ports/ports";
import { createTestClient, startTestApp, type TestApp } from "../../support/engine/test-app";
import { startTestEngine } from "../../support/engine/test-engine";
import { until } from "../../support/engine/until";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let operator: SignedInPerson;
let member: SignedInPerson;
let jobRuns: JobRuns;
let engine: Engine;
let app: TestApp;
let client: Inngest;

beforeAll(async () => {
  runtime = await createTestRuntime();
  jobRuns = createEmbeddedJobRuns({ databaseUrl: runtime.databaseUrl });
  operator = await createPerson(runtime);
  member = await createPerson(runtime);
  await grantPlatformRole(await runtime.ctx(), {
    walletAddress: operator.wallet.address,
    platformRole: "operator",
  });
});
afterAll(async () => {
  await engine?.stop();
  await app?.stop();
  await runtime.close();
});

async function ctxOf(person: SignedInPerson, port: JobRuns = jobRuns): Promise<ServiceCtx<Ports>> {
  const ctx = await person.ctx();
  return { ...ctx, ports: { ...ctx.ports, jobRuns: port } };
}
const asOperator = () => ctxOf(operator);
const runOf = async (functionName: string) => {
  const { items } = await listJobRuns(await asOperator(), { limit: 100 });
  return items.find((run) => run.functionName === functionName);
};
const auditOf = async (targetId: string) =>
  (await listPlatformAudit(await asOperator(), { targetId, chainKey: "platform" })).items;

describe("before any engine has run on the database", () => {
  it("there are no runs, and the engine is said to have never started", async () => {
    expect(await listJobRuns(await asOperator(), {})).toEqual({ items: [], nextCursor: null });
    const { dashboardUrl, engine: facts } = await getJobEngine(await asOperator(), {});
    expect([dashboardUrl, facts?.state, facts?.functionIds]).toEqual([null, "never_started", []]);
    await expect(getJobRun(await asOperator(), { runId: "01NONE" })).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("runs of the embedded engine", () => {
  beforeAll(async () => {
    engine = await startTestEngine(runtime.databaseUrl);
    client = createTestClient("app", engine.url);
    const triggers = [{ event: "test/begun" }];
    app = await startTestApp(client, [
      client.createFunction({ id: "done", name: "done", triggers }, async ({ step }) => step.run("one", () => 1)),
      client.createFunction({ id: "stuck", name: "stuck", triggers }, async ({ step }) => step.sleep("nap", "1h")),
      client.createFunction({ id: "broken", name: "broken", retries: 1, triggers }, async ({ step }) =>
        step.run("break", () => {
          throw new Error("it is broken");
        }),
      ),
    ]);
    await app.register();
    await client.send({ name: "test/begun", data: { of: "the test" } });
  });

  it("are listed with how often they failed, and read with their steps, calls and errors", async () => {
    const ended = await until("the broken run to fail", async () => {
      const run = await runOf("broken");
      return run?.status === "failed" ? run : undefined;
    });
    expect(ended).toMatchObject({ failedAttempts: 2, nextAttemptAt: null, eventName: "test/begun" });
    const detail = await getJobRun(await asOperator(), { runId: ended.id });
    expect(JobRunDetail.parse(detail)).toEqual(detail);
    expect(detail.steps).toMatchObject([{ name: "break", status: "failed", error: { message: "it is broken" } }]);
    expect(detail.calls.filter((call) => call.outcome === "error")).toHaveLength(2);
    expect(JSON.parse(detail.event)).toMatchObject({ data: { of: "the test" } });
  });

  it("are filtered by state and function, and paged without one twice", async () => {
    const ctx = await asOperator();
    const { engine: facts } = await getJobEngine(ctx, {});
    expect(facts).toMatchObject({ state: "active", functionIds: expect.arrayContaining(["app-broken", "app-stuck"]) });
    const broken = await listJobRuns(ctx, { functionId: "app-broken" });
    expect(broken.items.map((run) => run.functionName)).toEqual(["broken"]);
    expect((await listJobRuns(ctx, { status: "failed" })).items.every((run) => run.status === "failed")).toBe(true);
    const first = await listJobRuns(ctx, { limit: 2 });
    const second = await listJobRuns(ctx, { limit: 2, cursor: first.nextCursor ?? "" });
    const ids = [...first.items, ...second.items].map((run) => run.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2);
  });

  it("are cancelled with a reason that the run and the platform's audit log both keep", async () => {
    const run = await until("the stuck run to sleep", async () => {
      const found = await runOf("stuck");
      return found?.status === "running" ? found : undefined;
    });
    await cancelJobRun(await asOperator(), { runId: run.id, reason: "it waits for nothing" });
    expect(await getJobRun(await asOperator(), { runId: run.id })).toMatchObject({
      status: "cancelled",
      reason: "it waits for nothing",
    });
    expect(await auditOf(run.id)).toMatchObject([
      {
        action: "operations.job_run.cancel_requested",
        actor: `user:${operator.userId}`,
        details: { functionId: "app-stuck", reason: "it waits for nothing" },
      },
    ]);
    await expect(cancelJobRun(await asOperator(), { runId: run.id, reason: "once more" })).rejects.toMatchObject({
      code: "operations.job_run_ended",
    });
    expect(await auditOf(run.id)).toHaveLength(1);
  });

  it("are run again from the same event, as a new run that names the old one", async () => {
    const run = await until("the short run to complete", async () => {
      const found = await runOf("done");
      return found?.status === "completed" ? found : undefined;
    });
    const again = await retryJobRun(await asOperator(), { runId: run.id });
    const repeated = await until("the new run to complete", async () => {
      const found = await getJobRun(await asOperator(), { runId: again.runId }).catch(() => undefined);
      return found?.status === "completed" ? found : undefined;
    });
    expect(repeated).toMatchObject({ replayOf: run.id, functionName: "done" });
    expect((await auditOf(run.id)).map((row) => row.action)).toEqual(["operations.job_run.retry_requested"]);
  });

  it("are not run again while they run", async () => {
    await client.send({ name: "test/begun", data: {} });
    const run = await until("a second stuck run", async () => {
      const found = await runOf("stuck");
      return found?.status === "running" ? found : undefined;
    });
    await expect(retryJobRun(await asOperator(), { runId: run.id })).rejects.toMatchObject({
      code: "operations.job_run_active",
    });
    expect(await auditOf(run.id)).toEqual([]);
  });

  it("belong to nobody's organisation: its owner is refused by every verb, before anything is looked up", async () => {
    const run = await runOf("stuck");
    const ctx = await ctxOf(member);
    const runId = run?.id ?? "";
    const refusal = { kind: "forbidden", code: "auth.scope_missing" };
    await expect(listJobRuns(ctx, {})).rejects.toMatchObject(refusal);
    await expect(getJobEngine(ctx, {})).rejects.toMatchObject(refusal);
    await expect(getJobRun(ctx, { runId })).rejects.toMatchObject(refusal);
    await expect(cancelJobRun(ctx, { runId, reason: "mine" })).rejects.toMatchObject(refusal);
    await expect(retryJobRun(ctx, { runId })).rejects.toMatchObject(refusal);
    expect(await getJobRun(await asOperator(), { runId })).toMatchObject({ status: "running" });
  });
});

describe("without the embedded engine", () => {
  it("the place where runs are seen is named, and nothing is made up", async () => {
    const ctx = await ctxOf(operator, createExternalJobRuns({ dashboardUrl: "http://127.0.0.1:8288" }));
    expect(await getJobEngine(ctx, {})).toEqual({ dashboardUrl: "http://127.0.0.1:8288", engine: null });
    await expect(listJobRuns(ctx, {})).rejects.toMatchObject({ kind: "upstream_rejected", code: "jobs.run_elsewhere" });
  });

  it("a database that does not answer is said to be unreachable, not empty", async () => {
    const ctx = await ctxOf(operator, createEmbeddedJobRuns({ databaseUrl: "postgres://nobody@127.0.0.1:9/none" }));
    await expect(listJobRuns(ctx, {})).rejects.toMatchObject({
      kind: "upstream_unavailable",
      code: "jobs.engine_unreachable",
    });
  });
});
