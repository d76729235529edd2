import { afterAll, beforeAll, expect, it } from "vitest";
import { agents } from "@/db/schema/agents";
import { outboxEvents } from "@/db/schema/system";
import { getHealthBoard } from "@/server/domains/fleet";
import { upstreamUnavailable } from "@/server/kernel/errors";
import { recordHeartbeat } from "@/server/kernel/heartbeats";
import type { JobEngineStatus, JobRuns } from "@/server/ports/job-runs";
import { idsOf } from "../../support/factories/agents";
import { createTestFleet, operatorCtx } from "../../support/factories/fleet";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let operator: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  operator = await createPerson(runtime);
});
afterAll(() => runtime.close());

const ENGINE: JobEngineStatus = {
  state: "active",
  heartbeatAgeMs: 12,
  startedAt: null,
  queueDepth: 3,
  executingCalls: 1,
  oldestDueAgeMs: 40,
  activeRuns: 2,
  functionIds: [],
  refusals: [],
};
const board = async (jobRuns: Pick<JobRuns, "dashboardUrl" | "status">) =>
  getHealthBoard({ ...(await operatorCtx(runtime, operator)), ports: { jobRuns: jobRuns as JobRuns } }, {});

it("tells how far each part is behind, and says of what nobody knows that it is not known", async () => {
  const empty = await board({ dashboardUrl: "https://jobs.example.org", status: async () => ENGINE });
  expect(empty.engine).toBeNull();
  expect(empty.whyNoEngine).toContain("https://jobs.example.org");
  expect(empty.networks).toEqual([]);

  const { networkId } = await createTestFleet(runtime, [{}]);
  await idsOf(operator);
  await runtime.db.update(agents).set({ status: "offline" });
  await recordHeartbeat(runtime.db, { component: "relay", status: "ok", reason: null });
  const full = await board({ dashboardUrl: null, status: async () => ENGINE });
  expect(full.engine).toMatchObject({ state: "active", queueDepth: 3, activeRuns: 2 });
  expect(full.whyNoEngine).toBeNull();
  // The factory records a tip one block above what is recorded without a gap.
  expect(full.networks).toMatchObject([{ networkId, lagBlocks: 1, endpoints: { all: 2 } }]);
  expect(full.agents).toMatchObject({ online: 0, offline: 1, lastSeenAt: null });
  expect(full.channels).toEqual({ verified: 0, unverified: 0, waiting: 0, oldestWaitingAt: null, deadToday: 0 });
  expect(full.processes.map(({ component }) => component)).toEqual(["relay"]);
  expect(full.outbox.waiting).toBe(
    (await runtime.db.select().from(outboxEvents)).filter(({ sentAt }) => !sentAt).length,
  );

  const away = async () => {
    throw upstreamUnavailable("jobs.engine_unreachable", "The engine does not answer.");
  };
  expect(await board({ dashboardUrl: null, status: away })).toMatchObject({
    engine: null,
    whyNoEngine: "The engine does not answer.",
  });
});
