import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { agentCommands, agentEnrolments, agents } from "@/db/schema/agents";
import { commandBytes } from "@/lib/contracts/agent/command";
import { isSignedBy, orderAgent, tendAgents } from "@/server/domains/agents";
import { agentsDomain } from "@/server/domains/agents/domain";
import { answerReport, noteSeen } from "@/server/domains/agents/note-seen";
import { defineChange } from "@/server/kernel/verbs";
import { eventually } from "../../support/eventually";
import { idsOf } from "../../support/factories/agents";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let owner: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
});
afterAll(() => runtime.close());

const agentOf = async (id: string) => {
  const [row] = await runtime.db.select().from(agents).where(eq(agents.id, id));
  if (!row) throw new Error("no agent");
  return row;
};
const seen = defineChange(
  "agents.test-seen",
  async (ctx, { id, receipts = [] }: { id: string; receipts?: Parameters<typeof noteSeen>[2]["receipts"] }) =>
    noteSeen(ctx, await agentOf(id), { agentVersion: "1.0.0", receipts }),
  { telemetry: true },
);
const order = defineChange(
  "agents.test-order",
  async (ctx, { id, to }: { id: string; to: string }) =>
    orderAgent(ctx, await agentOf(id), "warn-duplicate-signer", { with: to }),
  { telemetry: true },
);

it("a machine that is silent for five minutes is offline, and back with its next report", async () => {
  const { agent = "" } = await idsOf(owner);
  await seen(await runtime.ctx(), { id: agent });
  expect((await agentOf(agent)).status).toBe("online");
  const later = (minutes: number) => runtime.ctx({ now: () => new Date(Date.now() + minutes * 60_000) });
  await tendAgents(await later(4), {});
  expect((await agentOf(agent)).status).toBe("online");
  await tendAgents(await later(6), {});
  expect((await agentOf(agent)).status).toBe("offline");
  await seen(await runtime.ctx(), { id: agent });
  expect((await agentOf(agent)).status).toBe("online");
});

it("one whose report is being taken in is not called silent, and what it settles is not ended, nor does it keep others from it", async () => {
  const { agent = "" } = await idsOf(owner);
  const { agent: silent = "" } = await idsOf(owner);
  for (const id of [agent, silent]) await seen(await runtime.ctx(), { id });
  await order(await runtime.ctx(), { id: agent, to: "settled" });
  const later = new Date(Date.now() + 20 * 60_000);
  const ctx = await runtime.ctx({ now: () => later });
  let isOver = false;
  let tending: Promise<unknown> | undefined;
  await runtime.db.transaction(async (tx) => {
    await tx.update(agents).set({ lastSeenAt: later }).where(eq(agents.id, agent));
    await tx.update(agentCommands).set({ status: "done", settledAt: later }).where(eq(agentCommands.agentId, agent));
    tending = tendAgents(ctx, {}).finally(() => {
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
  expect([(await agentOf(agent)).status, (await agentOf(silent)).status]).toEqual(["online", "offline"]);
});

it("a command is signed by the platform, sent until its receipt comes, and given once", async () => {
  const { agent = "" } = await idsOf(owner);
  expect(await order(await runtime.ctx(), { id: agent, to: "another" })).toBe(true);
  expect(await order(await runtime.ctx(), { id: agent, to: "another" })).toBe(false);
  const { agentAuthority } = await runtime.ports();
  const first = await answerReport(await runtime.ctx(), agent);
  const second = await answerReport(await runtime.ctx(), agent);
  expect(second.commands.map(({ commandId }) => commandId)).toEqual(first.commands.map(({ commandId }) => commandId));
  const [command] = first.commands;
  if (!command) throw new Error("no command came");
  const { signature, ...signed } = command;
  expect(isSignedBy(agentAuthority.publicKeyBase64, commandBytes(signed), signature)).toBe(true);
  expect(isSignedBy(agentAuthority.publicKeyBase64, commandBytes({ ...signed, payload: {} }), signature)).toBe(false);

  // Another machine's receipt settles nothing; the agent's own may come twice.
  const { agent: other = "" } = await idsOf(owner);
  const receipts = [{ commandId: command.commandId, outcome: "done" as const }];
  await seen(await runtime.ctx(), { id: other, receipts });
  expect((await answerReport(await runtime.ctx(), agent)).commands).toHaveLength(1);
  await seen(await runtime.ctx(), { id: agent, receipts });
  await seen(await runtime.ctx(), { id: agent, receipts });
  expect((await answerReport(await runtime.ctx(), agent)).commands).toEqual([]);
  expect(await order(await runtime.ctx(), { id: agent, to: "another" })).toBe(true);
});

it("a command that nobody took up ends, and a late receipt still counts", async () => {
  const { agent = "" } = await idsOf(owner);
  await order(await runtime.ctx(), { id: agent, to: "late" });
  await tendAgents(await runtime.ctx({ now: () => new Date(Date.now() + 20 * 60_000) }), {});
  const rows = () => runtime.db.select().from(agentCommands).where(eq(agentCommands.agentId, agent));
  const [expired] = await rows();
  expect(expired?.status).toBe("expired");
  await seen(await runtime.ctx(), { id: agent, receipts: [{ commandId: expired?.id ?? "", outcome: "done" }] });
  expect((await rows())[0]?.status).toBe("done");
});

it("tokens and statements that nobody used are forgotten", async () => {
  await runtime.db.insert(agentEnrolments).values({
    id: agentsDomain.newId("enrolment"),
    tokenHash: "of-a-test",
    kind: "server",
    name: "A host",
    createdAt: new Date(0),
    expiresAt: new Date(1_000),
  });
  await tendAgents(await runtime.ctx(), {});
  expect(await runtime.db.select().from(agentEnrolments).where(eq(agentEnrolments.tokenHash, "of-a-test"))).toEqual([]);
});
