import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "@/inngest/engine";
import { openEngineBench } from "../../support/engine/bench";
import { openChildBench } from "../../support/engine/child-engines";
import { createCrowd } from "../../support/engine/crowd";
import { awaitEnded } from "../../support/engine/runs";
import { startTestEngine } from "../../support/engine/test-engine";
import { until } from "../../support/engine/until";

/* The embedded engine only: one is active on a database, and others stand by. */
const mortal = await openChildBench("mortal", 2);
const shared = await openEngineBench("shared");
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
  const count = 400;
  let second: Engine;
  beforeAll(async () => {
    second = await startTestEngine(shared.databaseUrl);
  });
  afterAll(() => second.stop());

  const holders = () =>
    shared.sql<{ pid: number }[]>`
      select pid from pg_locks where locktype = 'advisory' and granted and (classid::bigint << 32 | objid::bigint) = 7046211002
        and database = (select oid from pg_database where datname = current_database())`;

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

  it("works on beside its successor without exceeding a limit or running anything twice", async () => {
    expect(second.isActive()).toBe(false);
    const crowd = createCrowd(shared, limit, 20);
    await shared.serve([crowd.fn]);
    await crowd.send(count);
    let takeovers = 0;
    for (let ended = 40; ended <= 360; ended += 40) {
      await until(`${ended} runs to end`, () => (crowd.timesRun().size >= ended ? true : undefined), 60_000);
      const [holder] = await holders();
      const [before] = await shared.sql<{ instance_id: string }[]>`select instance_id from inngest_engine.engine`;
      if (holder) await shared.sql`select pg_terminate_backend(${holder.pid})`;
      await until("one engine to be active", async () => {
        const active = [shared.engine(), second].filter((engine) => engine.isActive());
        const [now] = await holders();
        return active.length === 1 && now && now.pid !== holder?.pid ? true : undefined;
      });
      const [after] = await shared.sql<{ instance_id: string }[]>`select instance_id from inngest_engine.engine`;
      if (before?.instance_id !== after?.instance_id) takeovers += 1;
      expect(await holders()).toHaveLength(1);
    }
    const runs = await awaitEnded(shared.sql, `${shared.appId}-crowd`, count, 60_000);
    expect(runs.every((run) => run.status === "completed")).toBe(true);
    expect([...crowd.timesRun().values()].filter((times) => times !== 1)).toEqual([]);
    expect(crowd.timesRun().size).toBe(count);
    expect(crowd.mostAtOnce()).toBeLessThanOrEqual(limit);
    expect(takeovers).toBeGreaterThan(0);
  });
});
