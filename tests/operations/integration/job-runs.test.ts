import { cron, type Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "@/inngest/engine";
import { createEmbeddedJobRuns } from "@/server/adapters/job-engine/embedded-job-runs";
import { createExternalJobRuns } from "@/server/adapters/job-engine/external-job-runs";
import { grantPlatformRole, listPlatformAudit } from "@/server/domains/identity";
import { cancelJobRun, find, getJobEngine, getJobRun, listJobRuns, retryJobRun } from "@/server/domains/operations";
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
const hourMs = 3_600_000;
/** How far the engine's clock is ahead. It begins at five past an hour, so that `hourly` ticks only when it is moved. */
let movedByMs = 0;
/** Whether the function `hourly` throws. */
let isScheduleBroken = false;
/** Whether the function `paused` sleeps before it fails. */
let isPausing = false;

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
    expect(await listJobRuns(await asOperator(), {})).toEqual({ items: [], nextCursor: null, hiddenCount: 0 });
    const { dashboardUrl, engine: facts } = await getJobEngine(await asOperator(), {});
    expect([dashboardUrl, facts?.state, facts?.functionIds]).toEqual([null, "never_started", []]);
    await expect(getJobRun(await asOperator(), { runId: "01NONE" })).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("runs of the embedded engine", () => {
  beforeAll(async () => {
    movedByMs = hourMs - (Date.now() % hourMs) + hourMs / 12;
    engine = await startTestEngine(runtime.databaseUrl, { now: () => new Date(Date.now() + movedByMs) });
    client = createTestClient("app", engine.url);
    const triggers = [{ event: "test/begun" }];
    app = await startTestApp(client, [
      client.createFunction({ id: "done", name: "done", triggers }, async ({ step }) => step.run("one", () => 1)),
      client.createFunction({ id: "stuck", name: "stuck", triggers }, async ({ step }) => step.sleep("nap", "30d")),
      client.createFunction(
        { id: "paused", name: "paused", retries: 0, triggers: [{ event: "test/paused" }] },
        async ({ step }) => {
          if (isPausing) await step.sleep("pause", "1h");
          throw new Error("it was not to go on");
        },
      ),
      client.createFunction({ id: "hourly", name: "hourly", retries: 0, triggers: [cron("0 * * * *")] }, () => {
        if (isScheduleBroken) throw new Error("the schedule is broken");
      }),
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

  it("are found by the palette by a part of their function's name and by their id, by operators alone", async () => {
    const broken = await runOf("broken");
    const found = async (person: SignedInPerson, words: string) =>
      (await find({ ...(await ctxOf(person)), organizationId: null }, { words })).items;
    for (const words of ["BROK", "app-broken", broken?.id ?? ""]) {
      expect([words, await found(operator, words)]).toEqual([
        words,
        [expect.objectContaining({ kind: "run", title: "broken", href: `/admin/job-runs/${broken?.id}` })],
      ]);
    }
    expect(await found(operator, "nothing of that name")).toEqual([]);
    expect(await found(operator, `01${"0".repeat(24)}`)).toEqual([]);
    await expect(found(member, "broken")).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("that a schedule started and that ended well are left out unless asked for, and counted", async () => {
    const ctx = await asOperator();
    const tick = async () => {
      const before = await listed("shown");
      movedByMs += hourMs;
      await until("the scheduled run to end", async () => {
        const runs = await listed("shown");
        return runs.items.length > before.items.length && runs.items.every((run) => run.endedAt) ? true : undefined;
      });
    };
    const listed = (routine: "hidden" | "shown", more: { status?: "completed"; limit?: number } = {}) =>
      listJobRuns(ctx, { functionId: "app-hourly", routine, ...more });
    await tick();
    await tick();
    isScheduleBroken = true;
    await tick();
    const shown = await listed("shown");
    expect(shown.items.map((run) => run.status)).toEqual(["failed", "completed", "completed"]);
    expect(shown.hiddenCount).toBe(0);
    const byDefault = await listJobRuns(ctx, { functionId: "app-hourly" });
    expect([byDefault.items.map((run) => run.status), byDefault.hiddenCount]).toEqual([["failed"], 2]);
    expect(await listed("hidden")).toEqual(byDefault);
    expect(await listed("hidden", { status: "completed" })).toEqual({ items: [], nextCursor: null, hiddenCount: 2 });
    expect((await listJobRuns(ctx, { functionId: "app-done" })).hiddenCount).toBe(0);
    const all = await listJobRuns(ctx, { limit: 100 });
    expect(all.hiddenCount).toBe(2);
    expect(all.items.some((run) => run.functionName === "done" && run.status === "completed")).toBe(true);
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
    expect(again.isNew).toBe(true);
    const repeated = await until("the new run to complete", async () => {
      const found = await getJobRun(await asOperator(), { runId: again.runId }).catch(() => undefined);
      return found?.status === "completed" ? found : undefined;
    });
    expect(repeated).toMatchObject({ replayOf: run.id, functionName: "done" });
    expect((await auditOf(run.id)).map((row) => row.action)).toEqual(["operations.job_run.retry_requested"]);
  });

  it("are run again once by ten who ask at the same time, and anew only after that run has ended", async () => {
    await client.send({ name: "test/paused", data: {} });
    const run = await until("the paused run to fail", async () => {
      const found = await runOf("paused");
      return found?.status === "failed" ? found : undefined;
    });
    const repeatsOf = async () => {
      const { items } = await listJobRuns(await asOperator(), { functionId: "app-paused" });
      return items.filter((item) => item.replayOf === run.id);
    };
    const ctx = await asOperator();
    isPausing = true;
    const race = await Promise.all(Array.from({ length: 10 }, () => retryJobRun(ctx, { runId: run.id })));
    const [first] = race;
    expect(new Set(race.map((answer) => answer.runId)).size).toBe(1);
    expect(race.filter((answer) => answer.isNew)).toHaveLength(1);
    await until("the repeat to run", async () => ((await repeatsOf())[0]?.status === "running" ? true : undefined));
    expect(await retryJobRun(ctx, { runId: run.id })).toEqual({ runId: first?.runId, isNew: false });
    await cancelJobRun(ctx, { runId: first?.runId ?? "", reason: "the test has seen enough" });
    isPausing = false;
    const second = await retryJobRun(ctx, { runId: run.id });
    expect(second).toMatchObject({ isNew: true });
    await until("the second repeat to fail", async () => {
      const repeats = await repeatsOf();
      return repeats.length === 2 && repeats.every((repeat) => repeat.endedAt !== null) ? true : undefined;
    });
    expect((await repeatsOf()).map((repeat) => repeat.id).sort()).toEqual([first?.runId, second.runId].sort());
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
