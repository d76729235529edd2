import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@/db/schema/agents";
import { auditEvents, rateLimits } from "@/db/schema/system";
import { localValidatorSamples } from "@/db/schema/validators";
import { revokeAgent } from "@/server/domains/agents";
import { dumpOf, formsOfSecret } from "../../support/database-dump";
import { createPairedMachine, type PairedMachine, pairMachine } from "../../support/factories/agents";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup } from "../../support/factories/validators";
import { callApi } from "../../support/http-client";
import { createTestMachine, randomConsensusPubkey } from "../../support/test-machine";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

const HEARTBEAT = "/api/v1/validators/heartbeat";
let runtime: TestRuntime;
let networkId: string;
let owner: SignedInPerson;
let paired: PairedMachine;

beforeAll(async () => {
  runtime = await createTestRuntime({
    ports: { chains: createFakeChains({ chainFile: "/nonexistent/chain.json", hostFiles: [] }) },
  });
  ({ networkId } = await createTestNetwork(runtime));
  owner = await createPerson(runtime);
  paired = await createPairedMachine(owner, networkId);
});
beforeEach(() => runtime.db.delete(rateLimits));
afterAll(() => runtime.close());

const beat = (change: object = {}, sent: Parameters<PairedMachine["machine"]["post"]>[2] = {}) =>
  paired.machine.post(HEARTBEAT, paired.report(change), sent);
const statusOf = async (agentId: string) =>
  (await runtime.db.select().from(agents).where(eq(agents.id, agentId)))[0]?.status;

describe("a signed report", () => {
  it("is taken, brings the machine online and is found by its key in base64 and base64url", async () => {
    const answer = await beat({ blockHeight: 123, lastSignState: { height: "120", round: 0, step: 3 } });
    expect([answer.status, answer.body.blockHeight, answer.body.commands]).toEqual([200, 123, []]);
    expect(await statusOf(paired.machine.agentId)).toBe("online");
    const { consensusPubkey } = paired;
    for (const pubkey of [
      encodeURIComponent(consensusPubkey),
      consensusPubkey.replaceAll("+", "-").replaceAll("/", "_").replace("=", ""),
    ]) {
      const found = await callApi("GET", `${HEARTBEAT}/${pubkey}`, { bearer: owner.accessToken });
      expect([found.status, found.body.blockHeight, found.body.presence]).toEqual([200, 123, "online"]);
      expect(found.body.lastSignState).toEqual({ height: "120", round: 0, step: 3 });
    }
    const alias = await paired.machine.post("/api/v1/validators/local/heartbeat", paired.report());
    expect(alias.status).toBe(200);
    const listed = await callApi("GET", "/api/v1/validators/local", { bearer: owner.accessToken });
    expect(listed.body.items.map((row: { id: string }) => row.id)).toEqual([paired.machine.agentId]);
  });

  it("is refused when it comes again, or with a counter that is not higher", async () => {
    const first = await beat({}, { counter: 1_000 });
    expect(first.status).toBe(200);
    for (const counter of [1_000, 999]) {
      const again = await beat({}, { counter });
      expect([again.status, again.body.code, again.body.details]).toEqual([
        401,
        "agents.replayed",
        { lastCounter: 1_000 },
      ]);
    }
    expect((await beat({}, { counter: 1_001 })).status).toBe(200);
  });

  it("lets one of many at once with the same counter in", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => beat({}, { counter: 2_000 })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === "agents.replayed")).toHaveLength(7);
  });

  it("is refused when the clock is off, and told ours", async () => {
    const sentAt = new Date(Date.now() - 10 * 60_000).toISOString();
    const answer = await beat({}, { sentAt });
    expect([answer.status, answer.body.code]).toEqual([401, "agents.clock_skewed"]);
    expect(Math.abs(answer.body.details.skewSeconds + 600)).toBeLessThan(5);
    expect(Date.parse(answer.body.details.serverTime)).not.toBeNaN();
  });

  it("is refused under another machine's key, another path and another body", async () => {
    const other = createTestMachine();
    other.becomes(paired.machine.agentId);
    expect((await other.post(HEARTBEAT, paired.report(), { counter: 9_000 })).body.code).toBe(
      "agents.signature_refused",
    );
    const ofNobody = await beat({}, { agentId: "agt_01890000-0000-7000-8000-000000000000" });
    expect([ofNobody.status, ofNobody.body.code]).toEqual([401, "agents.signature_refused"]);
    const swapped = await beat({}, { counter: 9_001, sentBody: paired.report({ blockHeight: 5 }) });
    expect([swapped.status, swapped.body.code]).toEqual([401, "agents.body_differs"]);
  });

  it("of another version is refused with the version that is spoken", async () => {
    const answer = await beat({}, { version: 2 });
    expect([answer.status, answer.body.code, answer.body.details]).toEqual([
      400,
      "agents.version_unsupported",
      { version: "2", supported: "1" },
    ]);
  });

  it("says nothing of another wallet's or key's node", async () => {
    const answer = await beat({ consensusPubkey: randomConsensusPubkey() }, { counter: 10_000 });
    expect([answer.status, answer.body.code]).toEqual([409, "validators.machine_bound_elsewhere"]);
  });

  it("opens nothing but reports", async () => {
    for (const [path, body] of [
      ["/api/v1/validators/stop", { setupRequestId: paired.setupRequestId }],
      [`/api/v1/agents/${paired.machine.agentId}/revoke`, {}],
      [`/api/v1/validators/setup-requests/${paired.setupRequestId}/cancel`, {}],
    ] as const) {
      const answer = await paired.machine.post(path, body);
      expect([answer.status, answer.body.code]).toEqual([403, "auth.scope_missing"]);
    }
  });
});

describe("a flood", () => {
  it("of one machine is cut at four a minute, and costs its neighbours nothing", async () => {
    const stranger = await createPerson(runtime);
    const neighbour = await createPairedMachine(stranger, networkId);
    const statuses = [];
    for (let index = 0; index < 7; index += 1) {
      statuses.push((await beat({}, { counter: 20_000 + index, ipAddress: "192.0.2.77" })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429, 429]);
    const other = await neighbour.machine.post(HEARTBEAT, neighbour.report(), { ipAddress: "192.0.2.77" });
    expect(other.status).toBe(200);
  });

  it("keeps a sample for each report that was taken and for no other", async () => {
    const count = async () =>
      (
        await runtime.db
          .select()
          .from(localValidatorSamples)
          .where(eq(localValidatorSamples.agentId, paired.machine.agentId))
      ).length;
    const before = await count();
    await beat({}, { counter: 30_000 });
    await beat({}, { counter: 30_000 });
    expect(await count()).toBe(before + 1);
  });
});

describe("an enrolment token", () => {
  const localSetup = async (person: SignedInPerson) =>
    createTestSetup(person, networkId, { runMode: "local", regionCode: undefined, tierCode: undefined });

  it("lets one machine in, once, and only with the key that the wallet signed for", async () => {
    const person = await createPerson(runtime);
    const { setupRequestId } = await localSetup(person);
    const consensusPubkey = randomConsensusPubkey();
    const { token } = await pairMachine(person, { setupRequestId, consensusPubkey });
    const machines = [createTestMachine(), createTestMachine()];
    const answers = await Promise.all(machines.map((machine) => machine.enrol(token ?? "", consensusPubkey)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);

    const second = await pairMachine(person, { setupRequestId, consensusPubkey });
    const wrongKey = await createTestMachine().enrol(second.token ?? "", randomConsensusPubkey());
    expect([wrongKey.status, wrongKey.body.code]).toEqual([401, "agents.enrolment_refused"]);
    // It was used by the wrong one, and is gone.
    expect((await createTestMachine().enrol(second.token ?? "", consensusPubkey)).status).toBe(401);
  });

  it("that nobody was given is refused, and nothing is written of who made it up", async () => {
    const logged = async () => (await runtime.db.select({ id: auditEvents.sequence }).from(auditEvents)).length;
    const before = await logged();
    const stranger = createTestMachine();
    const { tokens } = await runtime.ports();
    const answer = await stranger.enrol(tokens.mint("enrolment").token, randomConsensusPubkey());
    expect([answer.status, answer.body.code]).toEqual([401, "agents.enrolment_refused"]);
    expect(await logged()).toBe(before);
  });

  it("is refused under a key that did not sign for it, and to another version", async () => {
    const person = await createPerson(runtime);
    const { setupRequestId } = await localSetup(person);
    const consensusPubkey = randomConsensusPubkey();
    const { token } = await pairMachine(person, { setupRequestId, consensusPubkey });
    const machine = createTestMachine();
    const stolen = await machine.enrol(token ?? "", consensusPubkey, { publicKey: createTestMachine().publicKey });
    expect(stolen.body.code).toBe("agents.enrolment_refused");
    const newer = await machine.enrol(token ?? "", consensusPubkey, { version: 2 });
    expect([newer.status, newer.body.code]).toEqual([400, "agents.version_unsupported"]);
    expect((await machine.enrol(token ?? "", consensusPubkey)).status).toBe(201);
  });
});

describe("a device token", () => {
  it("reports by bearer for its own machine, until it is revoked", async () => {
    const person = await createPerson(runtime);
    const { setupRequestId } = await createTestSetup(person, networkId, {
      runMode: "local",
      regionCode: undefined,
      tierCode: undefined,
    });
    const consensusPubkey = randomConsensusPubkey();
    const { token, agentId } = await pairMachine(person, { setupRequestId, consensusPubkey }, "token");
    expect(token).toMatch(/^omnid_/);
    const report = { walletAddress: person.wallet.address, consensusPubkey, blockHeight: 7, uptimeSeconds: 1 };
    const send = () => callApi("POST", HEARTBEAT, { bearer: token ?? "", json: report });
    const taken = await send();
    expect([taken.status, taken.body.id, taken.body.blockHeight]).toEqual([200, agentId, 7]);
    await revokeAgent(await person.ctx(), { agentId: agentId ?? "" });
    expect((await send()).status).toBe(401);
  });
});

describe("a stolen dump of the database", () => {
  it("holds no token by which a machine enrols or reports", async () => {
    const person = await createPerson(runtime);
    const { setupRequestId } = await createTestSetup(person, networkId, {
      runMode: "local",
      regionCode: undefined,
      tierCode: undefined,
    });
    const asked = { setupRequestId, consensusPubkey: randomConsensusPubkey() };
    const paired = [await pairMachine(person, asked), await pairMachine(person, asked, "token")];
    const text = await dumpOf(runtime);
    // It is searched rightly: what is no secret is in it.
    expect(text).toContain(asked.consensusPubkey);
    for (const { token } of paired) {
      expect(token).toMatch(/^omni[ed]_/);
      for (const form of formsOfSecret(token ?? "")) expect(text).not.toContain(form);
    }
  });
});

describe("a revoked machine", () => {
  it("is refused with its next request, also while others of it are under way", async () => {
    const person = await createPerson(runtime);
    const gone = await createPairedMachine(person, networkId);
    expect((await gone.machine.post(HEARTBEAT, gone.report())).status).toBe(200);
    const answer = await callApi("POST", `/api/v1/agents/${gone.machine.agentId}/revoke`, {
      bearer: person.accessToken,
      json: {},
    });
    expect(answer.status).toBe(200);
    const after = await gone.machine.post(HEARTBEAT, gone.report());
    expect([after.status, after.body.code]).toEqual([401, "agents.revoked"]);
    const again = await callApi("POST", `/api/v1/agents/${gone.machine.agentId}/revoke`, {
      bearer: person.accessToken,
      json: {},
    });
    expect(again.status).toBe(409);
  });
});

describe("a person", () => {
  it("reports for no machine, whatever scopes they hold", async () => {
    const answer = await callApi("POST", HEARTBEAT, { bearer: owner.accessToken, json: paired.report() });
    expect([answer.status, answer.body.code]).toEqual([403, "agents.not_an_agent"]);
  });
});
