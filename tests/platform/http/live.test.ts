import { inArray } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import type { JsonValue } from "@/lib/live/json-value";
import { stateHash } from "@/lib/live/state-hash";
import { recordBlocks } from "@/server/domains/chain";
import {
  acceptInvitation,
  changeMemberRole,
  inviteMember,
  signOut,
  switchOrganization,
} from "@/server/domains/identity";
import { cancelSetupRequest } from "@/server/domains/validators";
import { countOpenStreams } from "@/server/http/stream-slots";
import type { ChainNodes } from "@/server/ports/chain-node";
import type { NodeHost, NodeLogLine } from "@/server/ports/node-host";
import { eventually } from "../../support/eventually";
import { createPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestNodeRow, createTestSetup } from "../../support/factories/validators";
import { createFakeNodeHost } from "../../support/fakes/node-host";
import { callApi } from "../../support/http-client";
import { livePath, openLive } from "../../support/live-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

/** Whether the chain leaves whoever asks it without an answer. */
const chains = { hangs: false };
const hangingAtWill = (fakes: ChainNodes): ChainNodes => ({
  ...fakes,
  forNetwork: (network) =>
    new Proxy(fakes.forNetwork(network), {
      get: (node, name, proxy) => (chains.hangs ? () => new Promise(() => {}) : Reflect.get(node, name, proxy)),
    }),
});

/** What the node's log says. */
const log: NodeLogLine[] = [];
const hostOf = (kind: "process" | "docker"): NodeHost => ({
  ...createFakeNodeHost({ kind, stateFile: "/nonexistent/host.json" }),
  logs: async (_nodeId, { tail }) => log.slice(-tail),
});

let runtime: TestRuntime;
let networkId: string;
const OPEN: { close: () => Promise<void> }[] = [];
beforeAll(async () => {
  runtime = await createTestRuntime({
    ports: {
      chains: hangingAtWill(createFakeChains({ chainFile: "/nonexistent/chain.json", hostFiles: [] })),
      nodeHosts: { process: hostOf("process"), docker: hostOf("docker") },
    },
  });
  networkId = (await createTestNetwork(runtime)).networkId;
});
afterEach(async () => {
  chains.hangs = false;
  for (const stream of OPEN.splice(0)) await stream.close();
  await eventually("every slot is given back", async () => countOpenStreams() === 0);
});
afterAll(() => runtime.close());

const open = async (...given: Parameters<typeof openLive>) => {
  const stream = await openLive(...given);
  OPEN.push(stream);
  return stream;
};

const SET_HASH = "CD".repeat(32);
const ADDRESS = "0A".repeat(20);
let height = 0;
const recordBlock = async () => {
  height += 1;
  await recordBlocks(await runtime.ctx(), {
    networkId,
    via: "polling",
    tipHeightBlocks: BigInt(height),
    tipAt: new Date(),
    sets: [{ setHash: SET_HASH, addresses: [ADDRESS], votingPowers: [1n], firstHeightBlocks: 1n }],
    blocks: [
      {
        heightBlocks: BigInt(height),
        hash: height.toString(16).toUpperCase().padStart(64, "0"),
        blockAt: new Date(Date.parse("2026-01-10T12:00:00Z") + height * 1_000),
        proposerAddressHex: ADDRESS,
        setHash: SET_HASH,
        txCount: 0,
        signatures: "c",
      },
    ],
  });
};
const grid = () => ["chain.getSigningGrid", { networkId, consensusAddress: ADDRESS, blocks: 200 }] as const;

async function ownRequest() {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  const topics = [
    ["validators.getSetupRequest", { setupRequestId }],
    ["validators.listSetupEvents", { setupRequestId, newest: 200 }],
  ] as const;
  return { person, setupRequestId, topics };
}

describe("the one stream", () => {
  it("sends several reads whole once, and of each change what differs", async () => {
    const { person, setupRequestId, topics } = await ownRequest();
    for (let count = 0; count < 20; count += 1) await recordBlock();
    const stream = await open([...topics, grid()], { bearer: person.accessToken });
    await eventually("all three are there", async () => stream.states.filter(Boolean).length === 3);
    const sent = stream.messages.length;
    expect(stream.messages.map((message) => "state" in message)).toEqual([true, true, true]);

    await cancelSetupRequest(await person.ctx(), { setupRequestId });
    await recordBlock();
    await eventually(
      "each has changed",
      async () => new Set(stream.messages.slice(sent).map(({ topic }) => topic)).size === 3,
    );
    expect(stream.messages.slice(sent).every((message) => "patch" in message)).toBe(true);
    const [request, story, signing] = stream.states as [
      { setupRequest: { status: string } },
      { type: string }[],
      { cells: { heightBlocks: number }[] },
    ];
    expect(request.setupRequest.status).toBe("cancelled");
    expect(story.at(-1)?.type).toBe("cancelled");
    expect(signing.cells.at(-1)?.heightBlocks).toBe(height);
    // Twenty cells are held; one more is what is sent.
    const ofGrid = stream.messages.slice(sent).filter(({ topic }) => topic === 2);
    expect(JSON.stringify(ofGrid[0]).length).toBeLessThan(400);
  });

  it("sends of a long log and of many blocks the new end alone", async () => {
    const { person, setupRequestId } = await ownRequest();
    const { organizationId } = person;
    const { nodeId } = await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
    const write = () =>
      void log.push({
        at: new Date(log.length * 1_000).toISOString(),
        stream: "stderr",
        text: `INF block ${log.length}`,
      });
    while (log.length < 500) write();
    for (let count = 0; count < 100; count += 1) await recordBlock();
    const stream = await open(
      [
        ["validators.getNodeLogs", { nodeId, tail: 500 }],
        ["chain.getNetworkPulse", { networkId }],
      ],
      { bearer: person.accessToken },
    );
    await eventually("both are there", async () => stream.states.filter(Boolean).length === 2);
    const sent = stream.messages.length;
    write();
    await recordBlock();
    await eventually(
      "both have changed",
      async () => new Set(stream.messages.slice(sent).map(({ topic }) => topic)).size === 2,
    );
    for (const message of stream.messages.slice(sent)) {
      expect(message).toHaveProperty("patch");
      expect(JSON.stringify(message).length).toBeLessThan(600);
    }
    expect(Object(stream.states[0]).at(-1)?.text).toBe("INF block 500");
  });

  it("sends nothing of what the client holds already, and takes up by its name what broke off", async () => {
    const { person, setupRequestId, topics } = await ownRequest();
    const first = await open(topics, { bearer: person.accessToken });
    await eventually("both are there", async () => first.states.filter(Boolean).length === 2);
    const held = first.states.map((state) => state ?? null);
    await first.close();

    await cancelSetupRequest(await person.ctx(), { setupRequestId });
    const holding = (states: readonly JsonValue[]) =>
      topics.map(([name, input], place) => [name, input, stateHash(states[place] ?? null)] as const);
    const again = await open(holding(held), { bearer: person.accessToken, held });
    await eventually("both have changed", async () => again.messages.length >= 2);
    expect(again.messages.every((message) => "patch" in message)).toBe(true);
    expect(Object(again.states[0]).setupRequest.status).toBe("cancelled");
    await again.close();

    const shown = again.states.map((state) => state ?? null);
    const named = shown.map(stateHash);
    const third = await open([...holding(shown), grid()], { bearer: person.accessToken, held });
    await eventually("all three have an answer", async () => third.messages.length === 3);
    // Of what is held its name comes alone, and of what is not the whole state.
    const [request, story, signing] = [...third.messages].sort((one, other) => one.topic - other.topic);
    expect([request, story]).toEqual(named.map((hash, topic) => ({ topic, hash })));
    expect(signing).toHaveProperty("state");
  });

  it("brings all others while a read hangs, and says of that one that it does not answer", async () => {
    const { person, setupRequestId, topics } = await ownRequest();
    chains.hangs = true;
    const stream = await open([["validators.getOnChain", { setupRequestId }], ...topics, grid()], {
      bearer: person.accessToken,
    });
    await eventually("the others are there", async () => stream.states.filter(Boolean).length === 3);
    await cancelSetupRequest(await person.ctx(), { setupRequestId });
    await eventually(
      "the request has changed",
      async () => Object(stream.states[1]).setupRequest.status === "cancelled",
    );
    expect(stream.messages.some(({ topic }) => topic === 0)).toBe(false);
    await eventually("it is told", async () => stream.messages.some(({ topic }) => topic === 0), 15_000);
    expect(stream.messages.filter(({ topic }) => topic === 0)).toEqual([
      { topic: 0, code: "http.deadline_exceeded", isOver: false },
    ]);
  });

  it("answers for another organisation's request as for nobody's, audits it, and goes on with the rest", async () => {
    const { setupRequestId } = await ownRequest();
    const stranger = await createPerson(runtime);
    const nobodys = `${setupRequestId.slice(0, -6)}000000`;
    const stream = await open(
      [
        ["validators.getSetupRequest", { setupRequestId }],
        ["validators.getSetupRequest", { setupRequestId: nobodys }],
        grid(),
      ],
      { bearer: stranger.accessToken },
    );
    await eventually("all have an answer", async () => stream.messages.length === 3);
    const answers = [...stream.messages].sort((a, b) => a.topic - b.topic);
    expect(answers.slice(0, 2)).toEqual([
      { topic: 0, code: "validators.setup_request_not_found", isOver: false },
      { topic: 1, code: "validators.setup_request_not_found", isOver: false },
    ]);
    expect(answers[2]).toHaveProperty("state");
    // The platform's own chain keeps refusals, whoever they met.
    const rows = await runtime.db
      .select()
      .from(auditEvents)
      .where(inArray(auditEvents.targetId, [setupRequestId, nobodys]));
    const refused = rows.filter(({ action }) => action === "identity.access.refused");
    expect(refused.map(({ targetId }) => targetId).sort()).toEqual([setupRequestId, nobodys].sort());
  });

  it("gives nobody in particular what anybody may read, and nothing else", async () => {
    const { setupRequestId } = await ownRequest();
    await recordBlock();
    const stream = await open([
      ["chain.getNetworkPulse", { networkId }],
      ["validators.getSetupRequest", { setupRequestId }],
      ["chain.getChainTip", { networkId }],
      ["validators.cancelSetupRequest", { setupRequestId }],
    ]);
    await eventually("all have an answer", async () => stream.messages.length === 4);
    const answers = [...stream.messages].sort((a, b) => a.topic - b.topic);
    expect(answers[0]).toHaveProperty("state");
    expect(answers.slice(1)).toEqual([
      { topic: 1, code: "auth.session_missing", isOver: true },
      { topic: 2, code: "auth.session_missing", isOver: true },
      { topic: 3, code: "live.not_followed", isOver: true },
    ]);
  });

  it("refuses what is no list of reads, and more of them than a stream has", async () => {
    const { accessToken: bearer } = await createPerson(runtime);
    const many = Array.from({ length: 49 }, () => ["chain.listNetworks", {}] as const);
    const codes = await Promise.all(
      [
        "/api/v1/live",
        "/api/v1/live?reads=x",
        livePath([]),
        livePath(many),
        `/api/v1/live?reads=${"1".repeat(8_000)}`,
      ].map(async (path) => (await callApi("GET", path, { bearer })).status),
    );
    expect(codes).toEqual([400, 400, 400, 400, 400]);
  });

  it("ends when its reader's role changes or the session is over, so that it is taken up by what holds now", async () => {
    const { person: owner, topics } = await ownRequest();
    const member = await createPerson(runtime);
    const { invitationId } = await inviteMember(await owner.ctx(), {
      walletAddress: member.wallet.address,
      role: "viewer",
    });
    await acceptInvitation(await member.ctx(), { invitationId });
    await switchOrganization(await member.ctx(), { organizationId: owner.organizationId });
    const [ofMember, ofOwner] = [
      await open(topics, { bearer: member.accessToken }),
      await open(topics, { bearer: owner.accessToken }),
    ];
    await eventually("both are told", async () => ofMember.messages.length > 1 && ofOwner.messages.length > 1);
    await changeMemberRole(await owner.ctx(), { userId: member.userId, role: "developer" });
    await eventually("the member's has ended", async () => ofMember.isOver());
    expect(ofOwner.isOver()).toBe(false);
    await signOut(await owner.ctx(), {});
    await eventually("the owner's has ended", async () => ofOwner.isOver());
  });
});
