import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { CHAIN_CHANNEL } from "@/server/domains/chain/constants";
import { cpuTimeMs } from "../../support/bench/cpu-time";
import type { Figure } from "../../support/bench/figure";
import { migrate, startProductProcess } from "../../support/bench/product-process";
import { record } from "../../support/bench/record";
import { percentile } from "../../support/bench/statistics";
import { startWideChain, type WideChain } from "../../support/bench/wide-chain";
import { startPostgresServer } from "../../support/postgres-server";

/*
 * The watcher in a process of its own follows a chain whose every validator is watched by somebody here: how long after a block its signatures are
 * in the records, and what a block costs. The same chain with four validators stands beside it, since most of the cost is not theirs.
 */
const SIZES = { many: 150, few: 4 } as const;
const BLOCKS_A_ROUND = Number(process.env.BENCH_BLOCKS ?? 20);
const ROUNDS = 3;
const BLOCK_MS = 1_000;

type Seen = { readonly lagMs: number[]; readonly watcherCpuMs: number[] };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function registerChain(sql: postgres.Sql, chainId: string, chain: WideChain): Promise<string> {
  const id = `net_${randomUUID()}`;
  await sql`insert into networks ${sql({
    id,
    chain_id: chainId,
    kind: "localnet",
    display_name: chainId,
    status: "active",
    bech32: sql.json(bech32PrefixesOf("omni")),
    coin_type: 60,
    base_denom: "omniphi",
    display_denom: "OMNI",
    denom_exponent: 6,
    gas_price_steps: sql.json({ low: "0.025", average: "0.025", high: "0.05" }),
  })}`;
  for (const kind of ["rpc", "rest"]) {
    await sql`insert into network_endpoints ${sql({ id: `end_${randomUUID()}`, network_id: id, kind, url: chain.url, priority: 0 })}`;
  }
  const at = new Date();
  await sql`insert into validator_setup_requests ${sql(
    chain.validators.map((one, place) => ({
      id: `val_${randomUUID()}`,
      organization_id: `org_${randomUUID()}`,
      created_by_user_id: "usr_bench",
      network_id: id,
      wallet_address: one.walletAddress,
      operator_address: one.operatorAddress,
      validator_name: `Validator ${place}`,
      commission_rate: "0.1",
      commission_max_rate: "0.2",
      commission_max_change_rate: "0.01",
      min_self_delegation: "1",
      self_delegation: "5000000",
      run_mode: "local",
      region_code: "",
      tier_code: "",
      consensus_pubkey: one.pubkey,
      status: "active",
      progress_percent: 100,
      source: "api",
      created_at: at,
      updated_at: at,
    })),
  )}`;
  return id;
}

/** A database, a chain of that size and a watcher between them, which has caught up. */
async function stage(size: number) {
  const server = await startPostgresServer();
  migrate(server.adminUrl);
  const sql = postgres(server.adminUrl, { max: 2, onnotice: () => {} });
  const chainId = `wide-${size}`;
  const chain = await startWideChain(chainId, size);
  const networkId = await registerChain(sql, chainId, chain);
  const watcher = startProductProcess("watcher", server.adminUrl);
  const recordedAt = new Map<number, number>();
  let recordedTo = 0;
  const note = async (at: number): Promise<void> => {
    const [row] = await sql<{ height: string | null }[]>`
      select contiguous_height_blocks as height from chain_states where network_id = ${networkId}`;
    const height = Number(row?.height ?? 0);
    for (let fresh = recordedTo + 1; recordedTo > 0 && fresh <= height; fresh += 1) recordedAt.set(fresh, at);
    recordedTo = Math.max(recordedTo, height);
  };
  // The last hint may come while the connection closes.
  await sql.listen(CHAIN_CHANNEL, () => {
    note(performance.now()).catch(() => undefined);
  });
  return {
    chain,
    recordedAt,
    watcherPid: watcher.pid ?? 0,
    stop: async () => {
      watcher.kill("SIGTERM");
      await new Promise<void>((resolve) => watcher.once("exit", () => resolve()));
      await sql.end();
      await chain.close();
      await server.stop();
    },
  };
}

type Stage = Awaited<ReturnType<typeof stage>>;

/** Blocks come until the watcher has recorded some by its subscription, so that what it does at its start is past. */
async function warm(of: Stage): Promise<void> {
  for (let block = 0; block < 60 && of.recordedAt.size < 8; block += 1) {
    of.chain.tick();
    await pause(BLOCK_MS);
  }
  if (of.recordedAt.size < 8) throw new Error("the watcher recorded nothing");
}

async function measureRound(of: Stage, seen: Seen): Promise<void> {
  const made = new Map<number, number>();
  const cpuBefore = cpuTimeMs(of.watcherPid) ?? 0;
  for (let block = 0; block < BLOCKS_A_ROUND; block += 1) {
    made.set(of.chain.tick(), performance.now());
    await pause(BLOCK_MS);
  }
  seen.watcherCpuMs.push(((cpuTimeMs(of.watcherPid) ?? 0) - cpuBefore) / BLOCKS_A_ROUND);
  for (const [height, at] of made) {
    // A block's own signatures come with the next one.
    const recorded = of.recordedAt.get(height - 1);
    if (recorded !== undefined) seen.lagMs.push(recorded - at);
  }
}

const stages = { many: await stage(SIZES.many), few: await stage(SIZES.few) };
try {
  const seen = {
    many: { lagMs: [], watcherCpuMs: [] } as Seen,
    few: { lagMs: [], watcherCpuMs: [] } as Seen,
  };
  await warm(stages.many);
  await warm(stages.few);
  for (let round = 0; round < ROUNDS; round += 1) {
    await measureRound(stages.many, seen.many);
    await measureRound(stages.few, seen.few);
  }
  const peer = `the same with ${SIZES.few}`;
  const figures: Figure[] = [0.5, 0.95].map((share) => ({
    metric: `lag behind a block of ${SIZES.many} validators p${share * 100}`,
    unit: "ms",
    samples: seen.many.lagMs,
    ours: percentile(seen.many.lagMs, share),
    peers: { [peer]: percentile(seen.few.lagMs, share) },
  }));
  figures.push({
    metric: `CPU of the watcher a block of ${SIZES.many} validators`,
    unit: "ms",
    samples: seen.many.watcherCpuMs,
    peers: { [peer]: percentile(seen.few.watcherCpuMs, 0.5) },
  });
  record(
    "watcher",
    `A chain of ${SIZES.many} validators, each of them watched, played by a server that answers in the real shape and size, with a block each second and its subscription; lag is from the next block, which brings a block's signatures, to the row.`,
    figures,
  );
} finally {
  await stages.many.stop();
  await stages.few.stop();
}
