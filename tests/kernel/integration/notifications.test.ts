import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "@/server/kernel/logger";
import { createNotifications, type Notifications, waitForNotification } from "@/server/kernel/notifications";
import { createEmptyDatabase, type TestDatabase } from "../../support/database";
import { eventually } from "../../support/eventually";
import { startPostgresServer } from "../../support/postgres-server";
import { createTcpProxy } from "../../support/tcp-proxy";

/** Far beyond the limit of a test: who waits this long was not woken. */
const NEVER_MS = 600_000;
const NAME = "notifications-of-a-test";

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await createEmptyDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const open: Notifications[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

function listen(databaseUrl = database.url, lines: string[] = []): Notifications {
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: "test", level: "debug", destination });
  const made = createNotifications({ databaseUrl, applicationName: NAME, logger });
  open.push(made);
  return made;
}

/** What is heard of a channel, in order. */
function record(notifications: Notifications, channel: string): (string | null)[] {
  const heard: (string | null)[] = [];
  notifications.hear(channel, (payload) => heard.push(payload));
  return heard;
}

const sessions = async (): Promise<number[]> => {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and application_name = ${NAME}`;
  return rows.map(({ pid }) => pid);
};

describe("what a process hears of its database", () => {
  it("comes to each of a channel, on one connection for all channels", async () => {
    const notifications = listen();
    const [a, again, b] = [record(notifications, "a"), record(notifications, "a"), record(notifications, 'b "quoted"')];
    await eventually("it listens to both", async () => a.length === 1 && b.length === 1);
    await sql.notify("a", "one");
    await sql.notify('b "quoted"', "two");
    await eventually("both have come", async () => a.length === 2 && b.length === 2);
    expect(a).toEqual([null, "one"]);
    expect(again).toEqual([null, "one"]);
    expect(b).toEqual([null, "two"]);
    const late = record(notifications, "late");
    await eventually("it listens to one that joined later", async () => late.length === 1);
    await sql.notify("late", "three");
    await eventually("that has come", async () => late.length === 2);
    expect(await sessions()).toHaveLength(1);
  });

  it("connects for nobody, tells nothing to who has left, and ends its session", async () => {
    const notifications = listen();
    expect(await sessions()).toEqual([]);
    const heard: (string | null)[] = [];
    const leave = notifications.hear("a", (payload) => heard.push(payload));
    const other = record(notifications, "a");
    await eventually("it listens", async () => other.length === 1);
    leave();
    await sql.notify("a", "one");
    await eventually("it has come to the other", async () => other.length === 2);
    expect(heard).toEqual([null]);
    await notifications.close();
    await eventually("its session has ended", async () => (await sessions()).length === 0);
  });

  it("goes on after its session was ended, as often as that happens, and says that some may have been missed", async () => {
    const notifications = listen();
    const [a, b] = [record(notifications, "a"), record(notifications, "b")];
    await eventually("it listens", async () => a.length === 1 && b.length === 1);
    for (const round of [1, 2, 3]) {
      const [pid = 0] = await sessions();
      await sql`select pg_terminate_backend(${pid})`;
      const length = 2 * round;
      await eventually("it listens again", async () => a.length === length && b.length === length);
      await sql.notify("a", `a${round}`);
      await sql.notify("b", `b${round}`);
      await eventually("both have come", async () => a.length > length && b.length > length);
    }
    expect(a).toEqual([null, null, "a1", null, "a2", null, "a3"]);
    expect(b).toEqual([null, null, "b1", null, "b2", null, "b3"]);
  });

  it("goes on after the database was away for longer than the driver tries", async () => {
    const server = await startPostgresServer({ keepsCommits: true });
    try {
      const lines: string[] = [];
      const a = record(listen(server.adminUrl, lines), "a");
      await eventually("it listens", async () => a.length === 1);
      await server.kill();
      await eventually(
        "three tries have met nobody",
        async () => lines.filter((line) => /not_heard/.test(line)).length > 2,
      );
      expect(a).toEqual([null]);
      await server.restart();
      await eventually("it listens again", async () => a.length === 2);
      const admin = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
      await admin.notify("a", "after");
      await admin.end();
      await eventually("it has come", async () => a.length === 3);
      expect(a).toEqual([null, null, "after"]);
    } finally {
      await Promise.all(open.splice(0).map((one) => one.close()));
      await server.stop();
    }
  });

  it("gives up a connection on which nothing passes any more", async () => {
    const url = new URL(database.url);
    const proxy = await createTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(proxy.port);
    const a = record(listen(url.toString()), "a");
    await eventually("it listens", async () => a.length === 1);
    proxy.swallow({ newToo: false });
    await eventually("it listens on another", async () => a.length === 2);
    await sql.notify("a", "through");
    await eventually("it has come", async () => a.length === 3);
    await Promise.all(open.splice(0).map((one) => one.close()));
    await proxy.close();
  });
});

describe("a reader who waits", () => {
  const waitFor = (notifications: Notifications, payload?: string, signal = new AbortController().signal) =>
    waitForNotification(notifications, {
      channel: "a",
      ...(payload === undefined ? {} : { payload }),
      timeoutMs: NEVER_MS,
      signal,
    });
  const heard = async (notifications: Notifications) => {
    const a = record(notifications, "a");
    await eventually("it listens", async () => a.length === 1);
  };

  it("wakes for the payload that is waited for, and for no other", async () => {
    const notifications = listen();
    await heard(notifications);
    const woken: string[] = [];
    const waits = ["mine", "another's"].map((payload) =>
      waitFor(notifications, payload).then(() => woken.push(payload)),
    );
    const any = waitFor(notifications).then(() => woken.push("any"));
    await sql.notify("a", "mine");
    await Promise.all([waits[0], any]);
    expect(woken.toSorted()).toEqual(["any", "mine"]);
    await sql.notify("a", "another's");
    await Promise.all(waits);
  });

  it("wakes when listening is taken up again, since the word may have been said meanwhile", async () => {
    const notifications = listen();
    await heard(notifications);
    const waiting = waitFor(notifications, "said while nobody heard it");
    const [pid = 0] = await sessions();
    await sql`select pg_terminate_backend(${pid})`;
    await waiting;
  });

  it("wakes when it is not to wait any longer", async () => {
    const notifications = listen();
    await heard(notifications);
    const stop = new AbortController();
    const waiting = waitFor(notifications, "never", stop.signal);
    stop.abort();
    await waiting;
    await waitFor(notifications, "never", AbortSignal.abort());
    await waitForNotification(notifications, { channel: "a", timeoutMs: 5, signal: new AbortController().signal });
  });
});
