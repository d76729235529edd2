import postgres from "postgres";
import { afterEach, describe, expect, it } from "vitest";
import { operatorAddressOf } from "@/lib/chain/bech32-address";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import {
  getChainStatus,
  getMissBudget,
  getNetwork,
  getSigningGrid,
  getSigningStrips,
  listChainEvents,
  listNetworks,
  nodeFactsOf,
  quarantineEndpoint,
  recordBlocks,
  recordEndpointHealth,
  recordGap,
  registerNetwork,
  releaseEndpoint,
  resetRecords,
  toChainNetwork,
} from "@/server/domains/chain";
import { getChainTip } from "@/server/domains/chain/blocks/get-chain-tip";
import type { Network } from "@/server/domains/chain/networks/schemas";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { registerLocalnet } from "@/server/processes/register-localnet/register-localnet";
import { runWatcher } from "@/server/processes/watcher/run-watcher";
import { chainActor } from "../../support/chain-actor";
import { eventually } from "../../support/eventually";
import { createPerson } from "../../support/factories/identity";
import { registerTestNetwork } from "../../support/factories/networks";
import { FakeChain, fakeChainNodes } from "../../support/fakes/chain-node";
import { startWireChain } from "../../support/fakes/chain-node-wire";
import { createTestRuntime } from "../../support/test-runtime";

const ENDINGS: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ENDINGS.splice(0).reverse()) await end();
});

/** 20 bytes of a validator that no set ever had. */
const UNSEEN = "00".repeat(20);

/** What the list shows of all three, by address. */
async function stripsOf(stage: Stage, blocks: number) {
  const consensusAddresses = [UNSEEN, stage.second.consensusAddress, stage.first.consensusAddress];
  const asked = { networkId: stage.network.id, consensusAddresses, blocks };
  const { strips } = await getSigningStrips(stage.ctx, asked);
  return Object.fromEntries(strips.map(({ consensusAddress, states }) => [consensusAddress, states]));
}

const PACE = { beatEveryMs: 100, factsEveryMs: 100, lookEveryMs: 100 };
const FACTS = {
  facts: { chainId: "omniphi-localnet-1" },
  rpcUrl: "http://127.0.0.1:1",
  restUrl: "http://127.0.0.1:2",
} as Parameters<typeof registerTestNetwork>[1];

/** A fake chain of two validators, registered, with a database of its own. */
async function setup(blocks = 5) {
  const chain = new FakeChain();
  const operators: string[] = [];
  for (const [index, letter] of ["a", "b"].entries()) {
    const { address } = await chainActor();
    const operator = operatorAddressOf(address, { account: "omni", validator: "omnivaloper" });
    operators.push(operator);
    chain.ledger.addValidator(operator, btoa(letter.repeat(32)), BigInt(300 - index) * 1_000_000n, { moniker: letter });
  }
  chain.advance(blocks);
  const orbit = new FakeChain({ chainId: "orbit-localnet-1" });
  orbit.advance(1);
  const runtime = await createTestRuntime({ ports: { chains: fakeChainNodes(chain, orbit) } });
  ENDINGS.push(() => runtime.close());
  const sql = postgres(runtime.databaseUrl, { max: 1, onnotice: () => {} });
  ENDINGS.push(() => sql.end());
  const ctx = await runtime.ctx();
  const network = await registerTestNetwork(ctx, FACTS);
  const [first, second] = operators.map((operator) => chain.ledger.validators.get(operator));
  if (first === undefined || second === undefined) throw new Error("the fake has two validators");
  return { chain, runtime, ctx, sql, network, first, second };
}

async function watch({ runtime }: Pick<Awaited<ReturnType<typeof setup>>, "runtime">) {
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
  return end;
}
type Stage = Awaited<ReturnType<typeof setup>>;
const contiguous = async ({ ctx, network }: Pick<Stage, "ctx" | "network">) =>
  Number((await getChainStatus(ctx, { networkId: network.id })).contiguousHeightBlocks ?? 0);
const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => "accepted",
    (thrown: unknown) => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown)),
  );

describe("records of blocks", () => {
  it("draw signed, nil, missed and not in the set exactly, and stop one below the tip", async () => {
    const stage = await setup(2);
    const { chain, second } = stage;
    chain.advance(1, { absent: [second.consensusAddressHex] });
    chain.advance(1, { nil: [second.consensusAddressHex] });
    chain.ledger.validators.set(second.operatorAddress, { ...second, status: "unbonding" });
    chain.advance(2);
    await watch(stage);
    await eventually("all final blocks are there", async () => (await contiguous(stage)) === 5);
    const grid = await getSigningGrid(stage.ctx, {
      networkId: stage.network.id,
      consensusAddress: second.consensusAddress,
    });
    expect(grid.cells.map((cell) => cell.state)).toEqual(["signed", "signed", "missed", "signed", "absent"]);
    expect(grid.counts).toEqual({ signed: 3, missed: 1, absent: 1, unknown: 0 });
    expect(await stripsOf(stage, 4)).toEqual({
      [stage.first.consensusAddress]: ["signed", "signed", "signed", "signed"],
      [second.consensusAddress]: ["signed", "missed", "signed", "absent"],
      [UNSEEN]: ["absent", "absent", "absent", "absent"],
    });
  });

  it("show blocks that nobody holds any more as unknown, never as missed, and the gap is on record", async () => {
    const stage = await setup(5);
    const end = await watch(stage);
    await eventually("the first blocks are there", async () => (await contiguous(stage)) === 4);
    await end();
    stage.chain.advance(20);
    stage.chain.earliestHeightBlocks = 15n;
    await watch(stage);
    await eventually("recording went on", async () => (await contiguous(stage)) === 24);
    const grid = await getSigningGrid(stage.ctx, {
      networkId: stage.network.id,
      consensusAddress: stage.second.consensusAddress,
    });
    expect(grid.counts).toEqual({ signed: 14, missed: 0, absent: 0, unknown: 10 });
    const strips = await stripsOf(stage, 24);
    expect(strips[stage.second.consensusAddress]).toEqual(grid.cells.map(({ state }) => state));
    expect(strips[UNSEEN]?.filter((state) => state === "unknown")).toHaveLength(10);
    expect(grid.cells.filter((cell) => cell.state === "unknown").map((cell) => cell.heightBlocks)).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    ]);
    const gaps =
      await stage.sql`select from_height_blocks::int as "from", to_height_blocks::int as "to" from chain_sync_gaps`;
    expect([...gaps]).toEqual([{ from: 5, to: 14 }]);
    const audited = await stage.sql`select action from audit_events where action = 'chain.gap.recorded'`;
    expect(audited).toHaveLength(1);
    // Block time is never taken across the gap.
    const status = await getChainStatus(stage.ctx, { networkId: stage.network.id });
    expect(status.averageBlockMs).toBe(1_000);
    expect(await getChainTip(stage.ctx, { networkId: stage.network.id })).toEqual({
      networkId: stage.network.id,
      tipHeightBlocks: status.tipHeightBlocks,
      tipAt: status.tipAt,
      isReachable: status.endpoints.some(({ kind, state }) => kind === "rpc" && state === "healthy"),
    });
  });

  it("refuse a hole, another history and signatures that do not fit, and take the same batch twice", async () => {
    const stage = await setup();
    const { ctx, network } = stage;
    const block = (height: bigint, change: object = {}) => ({
      heightBlocks: height,
      hash: `A${height}`,
      blockAt: "2026-01-01T00:00:00Z",
      proposerAddressHex: "AA".repeat(20),
      setHash: "5E",
      txCount: 0,
      signatures: "c",
      ...change,
    });
    const sets = [{ setHash: "5E", addresses: ["AA".repeat(20)], votingPowers: [1n], firstHeightBlocks: 7n }];
    const record = (...blocks: ReturnType<typeof block>[]) =>
      recordBlocks(ctx, {
        networkId: network.id,
        via: "polling",
        tipHeightBlocks: 9n,
        tipAt: "2026-01-01T00:00:00Z",
        sets,
        blocks,
      });
    await record(block(7n), block(8n));
    await record(block(7n), block(8n));
    expect(await contiguous(stage)).toBe(8);
    expect(await codeOf(record(block(10n)))).toBe("chain.blocks_not_contiguous");
    expect(await codeOf(record(block(9n), block(11n)))).toBe("chain.blocks_not_contiguous");
    expect(await codeOf(record(block(8n, { hash: "B8" }), block(9n)))).toBe("chain.history_mismatch");
    expect(await codeOf(record(block(9n, { signatures: "cc" })))).toBe("chain.signatures_unfit");
    expect(await codeOf(record(block(9n, { setHash: "5F" })))).toBe("chain.signatures_unfit");
    const gap = { networkId: network.id, reason: "test" };
    expect(await codeOf(recordGap(ctx, { ...gap, fromHeightBlocks: 10n, toHeightBlocks: 11n }))).toBe(
      "chain.blocks_not_contiguous",
    );
    await recordGap(ctx, { ...gap, fromHeightBlocks: 9n, toHeightBlocks: 11n });
    await record(block(12n));
    expect(await contiguous(stage)).toBe(12);
  });

  it("stand still and say so when the chain tells another history", async () => {
    const stage = await setup(5);
    const end = await watch(stage);
    await eventually("the first blocks are there", async () => (await contiguous(stage)) === 4);
    await end();
    await stage.sql`update chain_blocks set hash = 'FF' where height_blocks = 4`;
    stage.chain.advance(3);
    await watch(stage);
    const beat = await eventually("the mismatch is reported", async () =>
      (await listHeartbeats(stage.runtime.db)).find((one) => one.reason?.includes("another history")),
    );
    expect(beat.status).toBe("degraded");
    expect(await contiguous(stage)).toBe(4);
  });

  it("keep the events of a chain once each, and compute the misses left from its own window", async () => {
    const stage = await setup(5);
    const { chain, ctx, network, second } = stage;
    await watch(stage);
    const kinds = async () =>
      (await listChainEvents(ctx, { networkId: network.id, limit: 100 }))
        .map(
          (one) =>
            `${one.kind} ${one.operatorAddress === second.operatorAddress ? "b" : one.operatorAddress === null ? "-" : "a"}`,
        )
        .reverse();
    await eventually("the validators are seen", async () => (await kinds()).length === 4);
    chain.advance(7, { absent: [second.consensusAddressHex] });
    const budget = await eventually("the misses are counted", async () => {
      const read = await getMissBudget(ctx, { networkId: network.id, consensusAddress: second.consensusAddressHex });
      return read.missed === 7 && read;
    });
    expect(budget).toMatchObject({ windowBlocks: 100, allowedMisses: 95, missed: 7, left: 88, isWindowFull: false });
    chain.ledger.validators.set(second.operatorAddress, { ...second, jailed: true, status: "unbonding" });
    chain.upgradePlan = { name: "v2", heightBlocks: 900n, info: "" };
    chain.advance();
    await eventually("all is noted", async () => (await kinds()).includes("upgrade_planned -"));
    expect((await kinds()).slice(4)).toEqual(["validator_left_set b", "validator_jailed b", "upgrade_planned -"]);
    const events = await stage.sql<
      { name: string }[]
    >`select name from outbox_events where name like 'chain/%' order by created_at, id`;
    // The upgrade plan is a row above; an event is only what another domain acts on or tells. A first look's set is no news.
    expect(events.map((event) => event.name)).toEqual(["chain/validator.left-set", "chain/validator.jailed"]);
  });
});

describe("networks", () => {
  it("are registered once per chain id, and read by anybody by either id", async () => {
    const { runtime, ctx, network } = await setup();
    const again = await registerTestNetwork(ctx, FACTS);
    expect(again.id).toBe(network.id);
    const anonymous = await runtime.ctx({ actor: { kind: "anonymous" } });
    expect((await getNetwork(anonymous, { networkId: "omniphi-localnet-1" })).id).toBe(network.id);
    expect(await listNetworks(anonymous, {})).toEqual([again]);
    expect(await codeOf(getNetwork(anonymous, { networkId: "cosmoshub-4" }))).toBe("chain.network_not_found");
    expect(toChainNetwork(network)).toMatchObject({ networkId: network.id, bech32: { consensus: "omnivalcons" } });
  });

  it("are changed by operators only, and followed by nobody else", async () => {
    const { runtime, network } = await setup();
    const person = await createPerson(runtime);
    const ctx = await person.ctx();
    expect(await codeOf(registerTestNetwork(ctx, FACTS))).toBe("auth.scope_missing");
    expect(
      await codeOf(quarantineEndpoint(ctx, { networkId: network.id, kind: "rpc", url: FACTS.rpcUrl, reason: "x" })),
    ).toBe("auth.scope_missing");
    expect(await codeOf(resetRecords(ctx, { networkId: network.id, reason: "x" }))).toBe("auth.scope_missing");
    expect((await getChainStatus(ctx, { networkId: network.id })).chainId).toBe("omniphi-localnet-1");
    const anonymous = await runtime.ctx({ actor: { kind: "anonymous" } });
    expect(await codeOf(getChainStatus(anonymous, { networkId: network.id }))).toBe("auth.session_missing");
  });

  it("are refused when an endpoint belongs to another chain or nobody answers, and nothing is kept", async () => {
    const [other, own] = [
      await startWireChain({ chainId: "other-1" }),
      await startWireChain({ chainId: "omniphi-localnet-1" }),
    ];
    ENDINGS.push(
      () => other.close(),
      () => own.close(),
    );
    const runtime = await createTestRuntime({ ports: { chains: createCosmosChainNodes({ onQuarantined: () => {} }) } });
    ENDINGS.push(() => runtime.close());
    const ctx = await runtime.ctx();
    const give = (rpcUrls: string[], status: "active" | "planned" = "active") =>
      registerTestNetwork(ctx, FACTS, { rpcUrls, restUrls: [own.url], status });
    expect(await codeOf(give([own.url, other.url]))).toBe("chain.endpoint_of_other_chain");
    expect(await codeOf(give(["http://127.0.0.1:1"]))).toBe("chain.unavailable");
    expect(await listNetworks(ctx, {})).toEqual([]);
    expect((await give([own.url, "http://127.0.0.1:1"])).rpcUrls).toEqual([own.url, "http://127.0.0.1:1"]);
    expect((await give(["http://127.0.0.1:1"], "planned")).status).toBe("planned");
  });

  it("lose an endpoint of another chain for everybody, once, with one audit row that says so, until an operator releases it", async () => {
    const { ctx, sql, network } = await setup();
    const endpoint = { networkId: network.id, kind: "rpc" as const, url: FACTS.rpcUrl };
    expect(await quarantineEndpoint(ctx, { ...endpoint, reason: "It is another chain's." })).toEqual({ isNew: true });
    expect(await quarantineEndpoint(ctx, { ...endpoint, reason: "It is another chain's." })).toEqual({ isNew: false });
    const audited = await sql<
      { details: { isNew: boolean } }[]
    >`select details from audit_events where action = 'chain.endpoint.quarantined' and target_id = ${network.id} order by sequence`;
    expect(audited.map(({ details }) => details)).toMatchObject([
      { url: FACTS.rpcUrl, kind: "rpc", isNew: true },
      { url: FACTS.rpcUrl, isNew: false },
    ]);
    expect((await getNetwork(ctx, { networkId: network.id })).rpcUrls).toEqual([]);
    const health = {
      kind: "rpc" as const,
      url: FACTS.rpcUrl,
      latencyMs: 5,
      consecutiveFailures: 0,
      checkedAt: null,
      reason: null,
    };
    await recordEndpointHealth(ctx, { networkId: network.id, endpoints: [{ ...health, state: "healthy" }] });
    const status = await getChainStatus(ctx, { networkId: network.id });
    expect((await getChainTip(ctx, { networkId: network.id })).isReachable).toBe(false);
    expect(status.endpoints.find((one) => one.url === FACTS.rpcUrl)).toMatchObject({
      state: "quarantined",
      reason: "It is another chain's.",
    });
    await releaseEndpoint(ctx, endpoint);
    expect((await getNetwork(ctx, { networkId: network.id })).rpcUrls).toEqual([FACTS.rpcUrl]);
    expect(await codeOf(releaseEndpoint(ctx, { ...endpoint, url: "http://127.0.0.1:9" }))).toBe(
      "chain.endpoint_not_found",
    );
  });

  it("lose it by the watcher's own finding, while reading goes on at the good one", async () => {
    const [other, own] = [
      await startWireChain({ chainId: "omniphi-localnet-1" }),
      await startWireChain({ chainId: "omniphi-localnet-1" }),
    ];
    ENDINGS.push(
      () => other.close(),
      () => own.close(),
    );
    const runtime = await createTestRuntime({ ports: { chains: createCosmosChainNodes({ onQuarantined: () => {} }) } });
    ENDINGS.push(() => runtime.close());
    const ctx = await runtime.ctx();
    const network = await registerTestNetwork(ctx, FACTS, { rpcUrls: [other.url, own.url], restUrls: [own.url] });
    other.state.chainId = "other-1";
    await watch({ runtime });
    await eventually(
      "the bad one is out",
      async () => (await getNetwork(ctx, { networkId: network.id })).rpcUrls.length === 1,
    );
    expect((await getNetwork(ctx, { networkId: network.id })).rpcUrls).toEqual([own.url]);
    await eventually("blocks of the good one are kept", async () => (await contiguous({ ctx, network })) === 99);
  });

  it("of this machine are registered again without a change, and begin anew when the chain was made anew", async () => {
    const stage = await setup(5);
    const { ctx } = stage;
    const facts = {
      chainId: "omniphi-localnet-1",
      displayName: "Omniphi local chain",
      accountPrefix: "omni",
      coinType: 60,
      baseDenom: "omniphi",
      displayDenom: "OMNI",
      denomExponent: 6,
      gasPriceDec: "0.025",
      consensusTimeouts: { proposeMs: 500, proposeDeltaMs: 125, voteMs: 250, voteDeltaMs: 125, commitMs: 500 },
      genesisPath: "/chain/genesis.json",
      posdPath: "/chain/posd",
      posdSha256: "12".repeat(32),
      posdVersion: "v1.0.0",
      genesisSha256: "ab".repeat(32),
      nodeId: "cd".repeat(20),
      p2pHost: "127.0.0.1",
      p2pPort: 26_656,
      rpcPort: 26_657,
      restPort: 1_317,
    };
    const first: Network = await registerLocalnet(ctx, facts, "/chain");
    expect(first).toMatchObject({
      id: stage.network.id,
      rpcUrls: ["http://127.0.0.1:26657"],
      isDefault: true,
      coinType: 60,
    });
    expect(first.persistentPeers).toEqual([`${facts.nodeId}@127.0.0.1:26656`]);
    const end = await watch(stage);
    await eventually("blocks are kept", async () => (await contiguous(stage)) === 4);
    await end();
    expect(await registerLocalnet(ctx, facts, "/chain")).toEqual(first);
    // A second one has its own names, and does not become what newcomers are offered.
    const orbit = { accountPrefix: "orb", coinType: 118, baseDenom: "uorb", displayDenom: "ORB", gasPriceDec: "0.1" };
    const second = await registerLocalnet(ctx, { ...facts, ...orbit, chainId: "orbit-localnet-1" }, "/orbit");
    expect(second).toMatchObject({
      isDefault: false,
      coinType: 118,
      bech32: { account: "orb", validator: "orbvaloper" },
      gasPriceSteps: { low: "0.1", average: "0.1", high: "0.2" },
      releases: [{ version: "v1.0.0", sha256: facts.posdSha256, url: null }],
      takesNodes: true,
    });
    const files = await nodeFactsOf(ctx.db, "orbit-localnet-1");
    expect(files).toMatchObject({
      files: { releases: [{ path: "/chain/posd" }], genesis: { path: "/chain/genesis.json" }, reach: "own" },
      consensusTimeouts: facts.consensusTimeouts,
    });
    expect(await contiguous(stage)).toBe(4);
    await registerLocalnet(ctx, { ...facts, genesisSha256: "ef".repeat(32) }, "/chain");
    expect(await contiguous(stage)).toBe(0);
  });

  it("of the public keep their records", async () => {
    const { ctx } = await setup();
    const network = await registerNetwork(ctx, {
      ...(await registrationOf(ctx)),
      kind: "testnet",
      // Its endpoints are somebody else's, and are not asked while it is planned.
      status: "planned",
      rpcUrls: ["https://rpc.example.org"],
      restUrls: ["https://rest.example.org"],
    });
    expect(await codeOf(resetRecords(ctx, { networkId: network.id, reason: "x" }))).toBe("chain.not_a_localnet");
  });
});

async function registrationOf(ctx: Stage["ctx"]) {
  const kept = await getNetwork(ctx, { networkId: "omniphi-localnet-1" });
  const { id: _id, genesisUrl: _url, takesNodes: _nodes, hasFaucet: _faucet, releases: _releases, ...network } = kept;
  return network;
}
