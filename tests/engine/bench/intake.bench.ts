import { createServer } from "node:http";
import postgres from "postgres";
import { startEngineProcess } from "../../support/bench/engine-process";
import { record } from "../../support/bench/record";
import { percentile } from "../../support/bench/statistics";
import { createTestClient, startTestApp, testEventKey } from "../../support/engine/test-app";
import { until } from "../../support/engine/until";
import { freePort } from "../../support/free-port";
import { startPostgresServer } from "../../support/postgres-server";

/*
 * Deliveries that come several times at once, as a sender's retries do: the engine's intake, which keeps each event's id and starts one run of it,
 * beside a handler that looks whether it has the id and then inserts it.
 */
const PEER = "select, then insert";
const ROUNDS = 3;
const IDS = 200;
const COPIES = 4;
const CALLERS = 16;

const server = await startPostgresServer();
const sql = postgres(server.adminUrl, { max: 10, onnotice: () => {} });
await sql`create table naive_effects (id text not null)`;
const naive = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const { id } = JSON.parse(Buffer.concat(parts).toString("utf8"));
    const take = async () => {
      const known = await sql`select 1 from naive_effects where id = ${id}`;
      if (known.length === 0) await sql`insert into naive_effects ${sql({ id })}`;
      response.end("{}");
    };
    take().catch(() => response.destroy());
  });
});
const naivePort = await freePort();
await new Promise<void>((resolve) => naive.listen(naivePort, "127.0.0.1", resolve));

const port = await freePort();
const engine = await startEngineProcess({ databaseUrl: server.adminUrl, port });
const client = createTestClient("intake", `http://127.0.0.1:${port}`);
const effects = new Map<string, number>();
const effect = client.createFunction({ id: "effect", triggers: { event: "intake/came" } }, async ({ event, step }) => {
  await step.run("effect", () => {
    const id = String(event.data.delivery);
    effects.set(id, (effects.get(id) ?? 0) + 1);
  });
});
const app = await startTestApp(client, [effect]);

/** Sends every id so many times, the copies of one close to each other, from several callers; answers how long each took and all together. */
async function deliver(url: string, ids: readonly string[], bodyOf: (id: string) => unknown) {
  const waiting = ids.flatMap((id) => Array.from({ length: COPIES }, () => id)).reverse();
  const tookMs: number[] = [];
  const startedAt = performance.now();
  const caller = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const sentAt = performance.now();
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(bodyOf(id)),
      });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      tookMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { tookMs, perSecond: (ids.length * COPIES) / ((performance.now() - startedAt) / 1_000) };
}

try {
  const registered = await app.register();
  if (registered.status !== 200) throw new Error(registered.message);
  const seen = { ours: [] as number[], naive: [] as number[], oursMs: [] as number[], naiveMs: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const ids = Array.from({ length: IDS }, (_, place) => `delivery-${round}-${place}`);
    const ours = await deliver(`http://127.0.0.1:${port}/e/${testEventKey}`, ids, (id) => [
      { id, name: "intake/came", data: { delivery: id } },
    ]);
    await until("an effect of each", () => (effects.size >= IDS * (round + 1) ? true : undefined), 120_000);
    const theirs = await deliver(`http://127.0.0.1:${naivePort}/`, ids, (id) => ({ id }));
    seen.ours.push(ours.perSecond);
    seen.naive.push(theirs.perSecond);
    seen.oursMs.push(...ours.tookMs);
    seen.naiveMs.push(...theirs.tookMs);
  }
  const [kept] = await sql<
    { extra: number }[]
  >`select (count(*) - count(distinct id))::int as extra from naive_effects`;
  const duplicates = [...effects.values()].reduce((sum, times) => sum + times - 1, 0);
  record(
    "intake",
    `${IDS} events, each delivered ${COPIES} times at once by ${CALLERS} callers, over HTTP: the embedded engine in a process of its own, which also queues a run of each new one, and a handler in the bench's own process, which writes one row.`,
    [
      {
        metric: "acknowledged a second",
        unit: "1/s",
        samples: seen.ours,
        peers: { [PEER]: percentile(seen.naive, 0.5) },
        goal: { of: "ratio", atLeast: 1 },
        cause:
          "An event is kept with its payload, and the run that it starts, in the transaction that acknowledges it, and the runs before it are at work meanwhile; the peer writes one row, and writes it up to four times.",
      },
      {
        metric: "acknowledgement p99",
        unit: "ms",
        samples: seen.oursMs,
        ours: percentile(seen.oursMs, 0.99),
        peers: { [PEER]: percentile(seen.naiveMs, 0.99) },
      },
      {
        metric: "effects beyond one an event",
        unit: "",
        samples: [duplicates],
        peers: { [PEER]: kept?.extra ?? 0 },
        goal: { of: "ours", atMost: 0 },
      },
    ],
  );
} finally {
  await engine.kill();
  await app.stop();
  naive.closeAllConnections();
  naive.close();
  await sql.end();
  await server.stop();
}
