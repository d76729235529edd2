import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  acceptInvitation,
  createApiToken,
  inviteMember,
  linkWallet,
  removeMember,
  switchOrganization,
  unlinkWallet,
} from "@/server/domains/identity";
import { cancelSetupRequest } from "@/server/domains/validators";
import { PUBLISHED } from "@/server/http/all-published";
import { claimStream, countOpenStreams, streamHolders } from "@/server/http/stream-slots";
import { waitForNotification } from "@/server/kernel/notifications";
import type { Exchange, Published, StreamedEvent } from "@/server/kernel/publish";
import { eventually } from "../../support/eventually";
import { answerChallenge, createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup } from "../../support/factories/validators";
import { callApi, freshIpAddress } from "../../support/http-client";
import { lateBy } from "../../support/late-by";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";
import { createFakeChains } from "../../support/validators/fake-chains";

let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({
    ports: { chains: createFakeChains({ chainFile: "/nonexistent/chain.json", hostFiles: [] }) },
  });
  networkId = (await createTestNetwork(runtime)).networkId;
});
afterAll(() => runtime.close());

async function setup(): Promise<{ person: SignedInPerson; setupRequestId: string; path: string }> {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  return { person, setupRequestId, path: `/api/v1/validators/setup-requests/${setupRequestId}/events` };
}

async function openStream(person: SignedInPerson, path: string, signal?: AbortSignal) {
  const answer = await callApi("GET", path, { bearer: person.accessToken, ...(signal ? { signal } : {}) });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
  const reader = answer.response.body?.getReader();
  if (!reader) throw new Error("no body");
  /** Milliseconds from the five seconds that it may take until the stream ended. */
  const untilEnd = async () => {
    const { lateMs } = await lateBy(5_000, async () => {
      while (!(await reader.read()).done);
    });
    return lateMs;
  };
  return { reader, untilEnd };
}

/** The live view of a request as its row opens it, but without the look that it takes now and then: notifications alone move it on. */
async function openByNotificationsAlone(person: SignedInPerson, setupRequestId: string) {
  const [open] = (PUBLISHED as readonly Published[])
    .flatMap(({ rows }) => rows)
    .flatMap((row) =>
      row.kind === "stream" && row.doors.some(({ operationId }) => operationId === "followSetupRequest")
        ? [row.open as (ctx: unknown, input: unknown, exchange: Exchange) => AsyncIterable<StreamedEvent>]
        : [],
    );
  if (!open) throw new Error("followSetupRequest is not published");
  const { signal } = new AbortController();
  let waits = 0;
  const events = open(
    await person.ctx(),
    { setupRequestId },
    {
      signal,
      lastEventId: null,
      waitForNotification: (hint) => {
        waits += 1;
        return waitForNotification(runtime.notifications, { ...hint, timeoutMs: 600_000, signal });
      },
    },
  );
  const seen: StreamedEvent[] = [];
  const read = async () => {
    for await (const event of events) seen.push(event);
  };
  read().catch((thrown: unknown) => seen.push({ event: "failed", data: String(thrown) }));
  return { seen, waits: () => waits };
}

describe("a live stream", () => {
  it("goes on by notifications after the session that hears them was ended, and shows what was written meanwhile", async () => {
    const { person, setupRequestId } = await setup();
    const { seen, waits } = await openByNotificationsAlone(person, setupRequestId);
    await eventually("it has shown what there is, and waits", async () => seen.length > 0 && waits() > 1);
    const endSession = () =>
      runtime.db.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'omniphi-test-notifications'`);
    const before = waits();
    await endSession();
    await eventually("it has looked again", async () => waits() > before);
    const known = seen.length;
    await cancelSetupRequest(await person.ctx(), { setupRequestId });
    await eventually("it shows the cancellation", async () =>
      seen.slice(known).some(({ event, data }) => event === "event" && Object(data).type === "cancelled"),
    );
  });

  it("ends within five seconds after its session was revoked, on every connection", async () => {
    const { person, path } = await setup();
    const streams = await Promise.all(Array.from({ length: 10 }, () => openStream(person, path)));
    const ends = streams.map((stream) => stream.untilEnd());
    await callApi("DELETE", "/api/v1/auth/session", { bearer: person.accessToken });
    for (const lateMs of await Promise.all(ends)) expect(lateMs).toBeLessThan(500);
    expect(countOpenStreams()).toBe(0);
  });

  it("ends within five seconds after its reader was taken out of the organisation, whose session lives on elsewhere", async () => {
    const { person: owner, path } = await setup();
    const member = await createPerson(runtime);
    const { invitationId } = await inviteMember(await owner.ctx(), {
      walletAddress: member.wallet.address,
      role: "viewer",
    });
    await acceptInvitation(await member.ctx(), { invitationId });
    await switchOrganization(await member.ctx(), { organizationId: owner.organizationId });
    const stream = await openStream(member, path);
    const ended = stream.untilEnd();
    await removeMember(await owner.ctx(), { userId: member.userId });
    expect((await callApi("GET", "/api/v1/auth/verify", { bearer: member.accessToken })).status).toBe(200);
    expect(await ended).toBeLessThan(500);
  });

  it("ends within five seconds after the wallet was unlinked that its session was signed in with", async () => {
    const { person, path } = await setup();
    const wallet = await createTestWallet();
    const { id: walletId } = await linkWallet(await person.ctx(), await answerChallenge(runtime, wallet));
    const again = await createPerson(runtime, wallet);
    await switchOrganization(await again.ctx(), { organizationId: person.organizationId });
    const stream = await openStream(again, path);
    const ended = stream.untilEnd();
    await unlinkWallet(await person.ctx(), { walletId });
    expect(await ended).toBeLessThan(500);
  });

  it("ends within five seconds after the maker of its token was removed", async () => {
    const { person: owner, path } = await setup();
    const member = await createPerson(runtime);
    const { invitationId } = await inviteMember(await owner.ctx(), {
      walletAddress: member.wallet.address,
      role: "admin",
    });
    await acceptInvitation(await member.ctx(), { invitationId });
    await switchOrganization(await member.ctx(), { organizationId: owner.organizationId });
    const { token } = await createApiToken(await member.ctx(), { name: "reader", scopes: ["validators:read"] });
    const stream = await openStream({ ...member, accessToken: token ?? "" }, path);
    const ended = stream.untilEnd();
    await removeMember(await owner.ctx(), { userId: member.userId });
    expect(await ended).toBeLessThan(500);
  });

  it("gives its slot back when the client leaves", async () => {
    const { person, path } = await setup();
    const client = new AbortController();
    const { untilEnd } = await openStream(person, path, client.signal);
    expect(countOpenStreams()).toBe(1);
    client.abort();
    await untilEnd();
    expect(countOpenStreams()).toBe(0);
  });

  it("is not opened by who asks for its headers alone", async () => {
    const { person, path } = await setup();
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => callApi("HEAD", path, { bearer: person.accessToken })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(countOpenStreams()).toBe(0);
  });

  it("is one of at most twenty for a person, by however many tokens they ask", async () => {
    const { person, path } = await setup();
    const made = await Promise.all(
      Array.from({ length: 5 }, async (_, index) =>
        createApiToken(await person.ctx(), { name: `t${index}`, scopes: ["validators:read"] }),
      ),
    );
    const bearers = made.map(({ token }) => token ?? "");
    const ask = (index: number) => callApi("GET", path, { bearer: bearers[index % bearers.length] ?? "" });
    const open = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index)));
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
    for (const bearer of [...bearers, person.accessToken]) {
      expect((await callApi("GET", path, { bearer })).status).toBe(429);
    }
    for (const { response } of open) await response.body?.cancel();
    expect(countOpenStreams()).toBe(0);
  });

  it("is one of at most a hundred for an organisation, by however many people it is asked", () => {
    const holders = (userId: string) =>
      streamHolders({
        actor: { kind: "apiToken", apiTokenId: "tok_1", userId, scopes: [] },
        organizationId: "org_1",
        origin: { ipAddress: freshIpAddress() },
      });
    const open = Array.from({ length: 100 }, (_, index) => claimStream(holders(`usr_${index}`)));
    expect(() => claimStream(holders("usr_100"))).toThrow("Too many live views and downloads are open");
    for (const release of open) release();
    claimStream(holders("usr_100"))();
    expect(countOpenStreams()).toBe(0);
  });

  it("is one of at most twenty for one caller", async () => {
    const { person, path } = await setup();
    const open = await Promise.all(Array.from({ length: 20 }, () => openStream(person, path)));
    const refused = await callApi("GET", path, { bearer: person.accessToken });
    expect([refused.status, refused.body.code]).toEqual([429, "http.too_many_streams"]);
    await open[0]?.reader.cancel();
    const again = await openStream(person, path);
    await Promise.all([again, ...open.slice(1)].map((stream) => stream.reader.cancel()));
    expect(countOpenStreams()).toBe(0);
  });
});
