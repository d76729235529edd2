import { Random } from "@cosmjs/crypto";
import { toBase64 } from "@cosmjs/encoding";
import postgres from "postgres";
import { afterEach, describe, expect, it } from "vitest";
import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { getChainStatus, getMissBudget, getSigningGrid, listChainEvents, listNetworks } from "@/server/domains/chain";
import { CHAIN_CHANNEL } from "@/server/domains/chain/constants";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { runWatcher, type WatcherPace } from "@/server/processes/watcher/run-watcher";
import { bundleProcess } from "../../support/bundled-process";
import { fundedActor } from "../../support/chain-actor";
import { eventually } from "../../support/eventually";
import { registerTestNetwork } from "../../support/factories/networks";
import { sharedLocalnet } from "../../support/localnet";
import { createTcpProxy, type TcpProxy } from "../../support/tcp-proxy";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const PACE: WatcherPace = { beatEveryMs: 300, factsEveryMs: 500, lookEveryMs: 200 };
const ENDINGS: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ENDINGS.splice(0).reverse()) await end();
});

async function setup() {
  const localnet = await sharedLocalnet();
  const chains = createCosmosChainNodes({ onQuarantined: () => {} });
  const runtime = await createTestRuntime({ ports: { chains } });
  ENDINGS.push(() => runtime.close());
  const sql = postgres(runtime.databaseUrl, { max: 1, onnotice: () => {} });
  ENDINGS.push(() => sql.end());
  const ctx = await runtime.ctx();
  const chain = chains.forNetwork(localnet.network());
  return { localnet, runtime, sql, ctx, chain };
}
/** What the launcher gives to every process. */
const processEnv = (runtime: TestRuntime) => ({
  DATABASE_URL: runtime.databaseUrl,
  AUTH_SECRET: "s".repeat(40),
  METRICS_TOKEN: "m".repeat(40),
  SECRETS_KEK_BASE64: Buffer.alloc(32, 1).toString("base64"),
  INNGEST_EVENT_KEY: "event-key-of-tests",
  INNGEST_SIGNING_KEY: "signkey-test-00",
  OMNIPHI_DATA_DIR: runtime.settings.dataDir,
  LOG_LEVEL: "info",
});
type Setup = Awaited<ReturnType<typeof setup>>;

/** A watcher in this process; `stop` ends it as SIGTERM would. */
async function startWatcher(runtime: TestRuntime) {
  const stop = new AbortController();
  const done = runWatcher({
    ctx: await runtime.ctx(),
    databaseUrl: runtime.databaseUrl,
    signal: stop.signal,
    pace: PACE,
  });
  const end = async () => {
    stop.abort();
    await done;
  };
  ENDINGS.push(end);
  return { stop: end };
}

const cursorOf = async (sql: Setup["sql"]): Promise<bigint> => {
  const [row] = await sql<{ height: string | null }[]>`select contiguous_height_blocks as height from chain_states`;
  return BigInt(row?.height ?? 0);
};
const reach = (sql: Setup["sql"], height: bigint, timeoutMs?: number) =>
  eventually(`block ${height} is recorded`, async () => (await cursorOf(sql)) >= height, timeoutMs);
/** Heights between the first and the last recorded block that have no row. */
const holesOf = async (sql: Setup["sql"]) => {
  const rows = await sql<{ hole: string }[]>`
    select h::text as hole from chain_states s, generate_series(s.first_height_blocks, s.contiguous_height_blocks) h
    where not exists (select 1 from chain_blocks b where b.network_id = s.network_id and b.height_blocks = h)`;
  return rows.map((row) => row.hole);
};

/** Its blocks come every half second; a busy machine may need longer. */
const SLOWEST_BLOCK_MS = 4_000;

describe("watcher", () => {
  it("records every block from the first, and a grid that equals the chain's own commits for 50 blocks", async () => {
    const { localnet, runtime, sql, ctx, chain } = await setup();
    const network = await registerTestNetwork(ctx, localnet);
    const heard: string[] = [];
    await sql.listen(CHAIN_CHANNEL, (payload) => heard.push(payload));
    await startWatcher(runtime);
    await reach(sql, 52n, 52 * SLOWEST_BLOCK_MS);
    const genesis = await chain.validatorByOperator(localnet.facts.validatorOperatorAddress);
    const grid = await getSigningGrid(ctx, {
      networkId: network.id,
      consensusAddress: genesis.consensusAddress,
      blocks: 50,
    });
    expect(grid.cells).toHaveLength(50);
    for (const cell of grid.cells) {
      const block = await chain.block(BigInt(cell.heightBlocks));
      const next = await chain.block(BigInt(cell.heightBlocks) + 1n);
      const mine = next.lastCommit?.signatures.find((one) => one.consensusAddressHex === genesis.consensusAddressHex);
      expect(cell).toEqual({
        heightBlocks: Number(block.heightBlocks),
        state: mine ? "signed" : "missed",
        at: new Date(block.blockAt).toISOString(),
      });
    }
    expect(await holesOf(sql)).toEqual([]);
    expect(heard.length).toBeGreaterThan(0);
    expect(JSON.parse(heard.at(-1) ?? "{}")).toMatchObject({ networkId: network.id });
    const status = await getChainStatus(ctx, { networkId: network.id });
    expect(status.averageBlockMs).toBeGreaterThan(100);
    expect(status.averageBlockMs).toBeLessThan(SLOWEST_BLOCK_MS);
    const beat = await eventually("the chain is reported well", async () =>
      (await listHeartbeats(runtime.db)).find(
        (one) => one.component === `watcher:${localnet.facts.chainId}` && one.status === "ok",
      ),
    );
    expect(beat.reason).toBeNull();
  }, 300_000);

  it("tells signed, missed and not in the set apart, and counts the misses as the slashing module does until it jails", async () => {
    const { localnet, runtime, sql, ctx, chain } = await setup();
    const network = await registerTestNetwork(ctx, localnet);
    await startWatcher(runtime);
    await reach(sql, 2n);
    const person = await fundedActor(localnet, chain, 100_000_000n);
    const message = createValidatorMessage({
      operatorAddress: person.operatorAddress,
      consensusPubkeyBase64: toBase64(Random.getBytes(32)),
      description: { moniker: "No node", identity: "", website: "", securityContact: "", details: "" },
      commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
      minSelfDelegationBaseUnits: 1n,
      selfDelegation: { denom: "omniphi", amountBaseUnits: 50_000_000n },
    });
    const created = await person.submit(chain, [message]);
    expect(created.code).toBe(0);
    const { consensusAddress } = await chain.validatorByOperator(person.operatorAddress, { maxAgeMs: 0 });
    const kindsOf = async () =>
      (await listChainEvents(ctx, { networkId: network.id, operatorAddress: person.operatorAddress }))
        .map((one) => one.kind)
        .reverse();

    const budget = await eventually("misses are counted", async () => {
      const found = await getMissBudget(ctx, { networkId: network.id, consensusAddress }).catch(() => undefined);
      return found !== undefined && found.missed > 0 ? found : undefined;
    });
    expect(budget).toMatchObject({ windowBlocks: 20, minSignedBlocks: 1, allowedMisses: 19, isWindowFull: false });
    expect(budget.left).toBe(19 - budget.missed);

    await eventually("the jailing is noted", async () => (await kindsOf()).includes("validator_jailed"));
    expect((await kindsOf()).slice(0, 2)).toEqual(["validator_created", "validator_bonded"]);
    const events = await sql<{ name: string }[]>`
      select name from outbox_events where payload->>'operatorAddress' = ${person.operatorAddress} order by created_at, id`;
    expect(events.map((event) => event.name)).toContain("chain/validator.jailed");

    // Facts and blocks come by loops of their own: the jailing may be seen before the block that led to it is recorded.
    await reach(sql, created.heightBlocks + 22n);
    const grid = await getSigningGrid(ctx, { networkId: network.id, consensusAddress, blocks: 200 });
    const stateAt = (height: bigint) => grid.cells.find((cell) => cell.heightBlocks === Number(height))?.state;
    // The set changes two blocks after the transaction (CometBFT: validator updates of H take effect at H+2).
    expect(stateAt(created.heightBlocks + 1n)).toBe("absent");
    expect(stateAt(created.heightBlocks + 2n)).toBe("missed");
    expect(grid.counts.signed).toBe(0);
    expect(grid.counts.missed).toBeGreaterThanOrEqual(20);
    expect(await holesOf(sql)).toEqual([]);
  });

  it("goes on without a hole after it was stopped for a while, and never writes a block twice", async () => {
    const { localnet, runtime, sql, ctx, chain } = await setup();
    await registerTestNetwork(ctx, localnet);
    const first = await startWatcher(runtime);
    await reach(sql, 3n);
    await first.stop();
    const stoppedAt = await cursorOf(sql);
    await eventually(
      "the chain is 8 blocks further",
      async () => (await chain.status({ maxAgeMs: 0 })).latestHeightBlocks > stoppedAt + 8n,
    );
    expect(await cursorOf(sql)).toBe(stoppedAt);
    await startWatcher(runtime);
    await reach(sql, stoppedAt + 8n);
    expect(await holesOf(sql)).toEqual([]);
  });

  it("is told of the local chain by the real process, which may be run again", async () => {
    const { localnet, runtime, ctx } = await setup();
    const register = await bundleProcess("register-localnet");
    for (let round = 0; round < 2; round += 1) {
      const child = register.start({ ...processEnv(runtime), LOCALNET_HOME: localnet.homeDir });
      const code = await new Promise((resolve) => child.once("exit", resolve));
      expect(code, child.output()).toBe(0);
    }
    const networks = await listNetworks(ctx, {});
    expect(networks).toMatchObject([
      { chainId: localnet.facts.chainId, rpcUrls: [localnet.rpcUrl], restUrls: [localnet.restUrl] },
    ]);
    const child = register.start({ ...processEnv(runtime), LOCALNET_HOME: "/nonexistent" });
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(1);
  });

  it("survives kill -9 of the real process, and the next one takes the lock over at once", async () => {
    const { localnet, runtime, sql, ctx } = await setup();
    await registerTestNetwork(ctx, localnet);
    const watcher = await bundleProcess("watcher");
    const env = processEnv(runtime);
    let killed = 0n;
    for (let round = 0; round < 2; round += 1) {
      const child = watcher.start(env);
      ENDINGS.push(async () => child.kill("SIGKILL"));
      await reach(sql, killed + 3n).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${child.output()}`);
      });
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exited;
      killed = await cursorOf(sql);
    }
    const child = watcher.start(env);
    await reach(sql, killed + 3n);
    expect(await holesOf(sql)).toEqual([]);
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
  }, 240_000);

  it.each([
    ["closed", (door: TcpProxy) => door.refuse()],
    ["half open", async (door: TcpProxy) => door.swallow({ newToo: true })],
  ] as const)(
    "says that the chain is down while its endpoint is %s, and fills what it missed when it is back",
    async (_name, shut) => {
      const { localnet, runtime, sql, ctx, chain } = await setup();
      const door = await createTcpProxy({ host: "127.0.0.1", port: localnet.facts.rpcPort });
      ENDINGS.push(() => door.close());
      await registerTestNetwork(ctx, localnet, { rpcUrls: [`http://127.0.0.1:${door.port}`] });
      await startWatcher(runtime);
      await reach(sql, 3n);
      await shut(door);
      const beatOf = async (status: string) =>
        (await listHeartbeats(runtime.db)).find(
          (one) => one.component === `watcher:${localnet.facts.chainId}` && one.status === status,
        );
      const down = await eventually("it is reported down", () => beatOf("down"));
      expect(down.reason).toMatch(/can be reached|in time/);
      const shutAt = await cursorOf(sql);
      await eventually(
        "the chain is 5 blocks further",
        async () => (await chain.status({ maxAgeMs: 0 })).latestHeightBlocks > shutAt + 6n,
      );
      expect(await cursorOf(sql)).toBe(shutAt);
      await door.pass();
      await reach(sql, shutAt + 5n);
      expect(await holesOf(sql)).toEqual([]);
      await eventually("it is reported well again", () => beatOf("ok"));
    },
  );

  it("follows a network once, however many watchers run, and hands over when one ends", async () => {
    const { localnet, runtime, sql, ctx } = await setup();
    await registerTestNetwork(ctx, localnet);
    const first = await startWatcher(runtime);
    await reach(sql, 2n);
    await startWatcher(runtime);
    const locks = async () => {
      const [row] = await sql<{ held: number }[]>`
        select count(*)::int as held from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`;
      return row?.held;
    };
    const before = await cursorOf(sql);
    await reach(sql, before + 3n);
    expect(await locks()).toBe(1);
    await first.stop();
    const handedOver = await cursorOf(sql);
    await reach(sql, handedOver + 3n);
    expect(await holesOf(sql)).toEqual([]);
  });
});
