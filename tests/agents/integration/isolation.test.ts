import { afterAll, beforeAll, expect, it } from "vitest";
import { listAgents, revokeAgent } from "@/server/domains/agents";
import { agentsDomain } from "@/server/domains/agents/domain";
import { idsOf } from "../../support/factories/agents";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let agentId: string;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  agentId = (await idsOf(owner)).agent ?? "";
});
afterAll(() => runtime.close());

it("another organisation's machine is not listed, and not found by who would revoke it", async () => {
  expect((await listAgents(await stranger.ctx(), {})).items).toEqual([]);
  const refused = (id: string) => async () => revokeAgent(await stranger.ctx(), { agentId: id });
  await expect(refused(agentId)()).rejects.toMatchObject({ kind: "not_found", code: "agents.agent_not_found" });
  await expect(refused(agentsDomain.newId("agent"))()).rejects.toMatchObject({ code: "agents.agent_not_found" });
  expect((await listAgents(await owner.ctx(), {})).items).toMatchObject([{ id: agentId, status: "enrolled" }]);
});
