import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChildBench } from "../../support/engine/child-engines";
import { createCrowd } from "../../support/engine/crowd";
import { openEnginePair, type PairedEngine } from "../../support/engine/engine-pair";
import { awaitEnded } from "../../support/engine/runs";
import { testEventKey } from "../../support/engine/test-app";
import { until } from "../../support/engine/until";

/* The embedded engine only: one is active on a database, and others stand by. */
const mortal = await openChildBench("mortal", 2);
const shared = await openEnginePair("shared");
afterAll(() => Promise.all([mortal.close(), shared.close()]));

const states = () => Promise.all(mortal.engines.map((engine) => engine.state()));

describe("an engine beside an active one", () => {
  const { client, event, note, send, awaitSeen, sql } = mortal;
  const napping = client.createFunction({ id: "napping", triggers: { event: event("nap") } }, async ({ step }) => {
    await step.run("before", () => note("before the nap"));
    await step.sleep("nap", "2s");
    await step.run("after", () => note("after the nap"));
  });
  beforeAll(() => mortal.serve([napping]));

  it("stands by and says so, takes over when the active one is killed, and goes on with its runs", async () => {
    expect(await states()).toEqual(["active", "standby"]);
    await send("nap", {});
    await awaitSeen("before the nap");
    await mortal.engines[0]?.kill();
    await until("the second engine to take over", async () =>
      (await mortal.engines[1]?.state()) === "active" ? true : undefined,
    );
    await awaitSeen("after the nap");
    await awaitEnded(sql, `${mortal.appId}-napping`);
    await send("nap", {});
    await awaitEnded(sql, `${mortal.appId}-napping`, 2);
    expect(mortal.seen("after the nap")).toHaveLength(2);
  });

  it("stays active when the former one is started again, which takes over when it is killed in turn", async () => {
    await mortal.engines[0]?.start();
    expect(await states()).toEqual(["standby", "active"]);
    await mortal.engines[1]?.kill();
    await until("the first engine to take over again", async () =>
      (await mortal.engines[0]?.state()) === "active" ? true : undefined,
    );
    expect(await states()).toEqual(["active", "gone"]);
  });
});

describe("an engine that loses its lock while it lives", () => {
  const limit = 5;
  const [first, second] = shared.engines;

  const holders = () =>
    shared.sql<{ pid: number }[]>`
      select pid from pg_locks where locktype = 'advisory' and granted and (classid::bigint << 32 | objid::bigint) = 7046211002
        and database = (select oid from pg_database where datname = current_database())`;
  const activeName = async (): Promise<string | undefined> => {
    const [row] = await shared.sql<{ instance_id: string }[]>`select instance_id from inngest_engine.engine`;
    return row?.instance_id;
  };

  /**
   * Ends the session that holds the lock, and leaves the lock to `successor`: the other engine, or the same one again. Each asks for it once a second, in
   * no order that a test could know; so the one that is not to have it is kept from asking: its session for the lock ends too, and it gets no new one.
   */
  async function passLock(successor: PairedEngine): Promise<void> {
    const excluded = successor === first ? second : first;
    const [holder] = await holders();
    const asking = await until("the engine on standby to have a session that asks for the lock", async () => {
      const [session] = await shared.sql<{ pid: number }[]>`
        select pid from pg_stat_activity
        where datname = current_database() and application_name = 'inngest_engine'
          and query like '%pg_try_advisory_lock%' and pid <> ${holder?.pid ?? 0}`;
      return session;
    });
    const ended = [holder?.pid ?? 0, ...(excluded.isActive() ? [] : [asking.pid])];
    excluded.shutDoor();
    expect(await shared.sql`select pg_terminate_backend(pid) as ended from unnest(${ended}::integer[]) pid`).toEqual(
      ended.map(() => ({ ended: true })),
    );
    await until("the successor to be the only active engine", async () => {
      const [now] = await holders();
      return now && now.pid !== holder?.pid && successor.isActive() && !excluded.isActive() ? true : undefined;
    });
    await excluded.openDoor();
  }

  it("leases nothing while a successor writes its name down", async () => {
    const { client, event, note, send, awaitSeen, seen, sql } = shared;
    const fn = client.createFunction({ id: "late", triggers: { event: event("late") } }, () => note("late"));
    await shared.serve([fn]);
    await sql.begin(async (successor) => {
      await successor`update inngest_engine.engine set instance_id = 'successor'`;
      await send("late", {});
      await until("the former one to look for its name", async () => {
        const waiting = await sql`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%for share%'`;
        return waiting.length > 0 ? true : undefined;
      });
      expect(await sql`select 1 from inngest_engine.calls where leased`).toEqual([]);
      expect(await sql`select 1 from inngest_engine.calls`).toHaveLength(1);
      expect(seen("late")).toEqual([]);
    });
    // It holds the lock all the while, so it takes over from the name that nobody bears.
    await awaitSeen("late");
  });

  it("works on beside its successor without exceeding a limit or running anything twice", {
    timeout: 240_000,
  }, async () => {
    await until("the first one to be active", () => (first.isActive() ? true : undefined));
    expect(second.isActive()).toBe(false);
    const crowd = createCrowd(shared, limit, 100);
    await shared.serve([crowd.fn]);
    // Each takes over from the other, and takes back what it lost itself. Whenever the lock is lost, most of a batch still waits.
    const successors = [second, second, first, first, second, first, first, second, second];
    const batch = 45;
    for (const [index, successor] of successors.entries()) {
      const from = index * batch;
      const name = shared.event("crowd");
      await shared.client.send(Array.from({ length: batch }, (_, n) => ({ name, data: { n: from + n } })));
      await until("the batch to be begun", () => (crowd.timesRun().size > from ? true : undefined), 60_000);
      const isAnother = !successor.isActive();
      const before = await activeName();
      await passLock(successor);
      expect((await activeName()) !== before).toBe(isAnother);
      expect(await holders()).toHaveLength(1);
    }
    const count = batch * successors.length;
    const runs = await awaitEnded(shared.sql, `${shared.appId}-crowd`, count, 60_000);
    expect(runs).toHaveLength(count);
    expect(runs.every((run) => run.status === "completed")).toBe(true);
    expect([...crowd.timesRun().values()].filter((times) => times !== 1)).toEqual([]);
    expect(crowd.timesRun().size).toBe(count);
    expect(crowd.mostAtOnce()).toBeLessThanOrEqual(limit);
  });

  it("keeps no connection, so that a balancer leads the next one to the successor", async () => {
    const [former, successor] = first.isActive() ? [first, second] : [second, first];
    const idle = connect(Number(new URL(former.url).port), "127.0.0.1");
    idle.write("GET /health HTTP/1.1\r\nhost: engine\r\n\r\n");
    expect(String((await once(idle, "data"))[0])).toMatch(/connection: keep-alive/i);
    idle.resume();
    await passLock(successor);
    // Long before the engine would close it for being idle.
    await until("the connection to be closed", () => (idle.closed ? true : undefined));
    const refusal = await fetch(`${former.url}/e/${testEventKey}`, { method: "POST", body: "{}" });
    expect([refusal.status, refusal.headers.get("connection")]).toEqual([503, "close"]);
  });
});
