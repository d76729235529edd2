import { eq } from "drizzle-orm";
import { afterEach, expect, it } from "vitest";
import { chainValidatorHours, chainValidatorSamples, chainValidators } from "@/db/schema/chain";
import {
  getChainValidator,
  getUptimeCalendar,
  getValidatorHistory,
  listChainValidators,
  pruneHistory,
  recordBlocks,
  recordChainFacts,
  recordGap,
  resetRecords,
  rollUpHistory,
  sampleEarnings,
  watchValidators,
} from "@/server/domains/chain";
import type { RecordChainFactsInput } from "@/server/domains/chain/mirror/schemas";
import { registerTestNetwork } from "../../support/factories/networks";
import { FakeChain, fakeChainNodes } from "../../support/fakes/chain-node";
import { createTestRuntime } from "../../support/test-runtime";

const ENDINGS: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ENDINGS.splice(0).reverse()) await end();
});

const ADDRESSES = ["0A", "0B", "0C"].map((each) => each.repeat(20));
const SET = { setHash: "AB".repeat(32), addresses: ADDRESSES };
const NOW = new Date("2026-01-10T12:00:00Z");
const MINUTE_MS = 60_000;

const operatorOf = (name: string): string => `omnivaloper1${name.padEnd(8, "q")}`;
const validator = (
  name: string,
  change: Partial<(typeof RecordChainFactsInput._input)["validators"][number]> = {},
): (typeof RecordChainFactsInput._input)["validators"][number] => ({
  operatorAddress: operatorOf(name),
  consensusPubkeyBase64: name,
  consensusAddress: `omnivalcons1${name}`,
  consensusAddressHex: Buffer.from(name.padEnd(20)).toString("hex").toUpperCase(),
  moniker: name,
  status: "bonded",
  jailed: false,
  tombstoned: false,
  jailedUntil: null,
  tokensBaseUnits: 1_000_000n,
  commissionRate: "0.1",
  missedBlocks: 0,
  signingStartHeightBlocks: 1n,
  ...change,
});

const FACTS = {
  heightBlocks: 1n,
  slashingParams: {
    signedBlocksWindow: 100,
    minSignedPerWindow: "0.5",
    downtimeJailSeconds: 60,
    slashFractionDoubleSign: "0.05",
    slashFractionDowntime: "0.01",
  },
  stakingParams: {
    unbondingSeconds: 60,
    maxValidators: 100,
    maxEntries: 7,
    bondDenom: "omniphi",
    minCommissionRate: "0.05",
  },
  upgradePlan: null,
} satisfies Partial<typeof RecordChainFactsInput._input>;

async function setup() {
  const runtime = await createTestRuntime();
  ENDINGS.push(() => runtime.close());
  const ctxAt = (now: Date) => runtime.ctx({ now: () => now });
  const ctx = await ctxAt(NOW);
  const nowhere = "http://127.0.0.1:1";
  const facts = { chainId: "history-1" } as Parameters<typeof registerTestNetwork>[1]["facts"];
  // A planned network is registered without asking its endpoints.
  const network = await registerTestNetwork(ctx, { facts, rpcUrl: nowhere, restUrl: nowhere }, { status: "planned" });
  const block = (height: number, signatures: string, blockAt: Date) => ({
    heightBlocks: BigInt(height),
    hash: height.toString(16).toUpperCase().padStart(64, "0"),
    blockAt,
    proposerAddressHex: "0A".repeat(20),
    setHash: SET.setHash,
    txCount: 0,
    signatures,
  });
  const record = (blocks: ReturnType<typeof block>[]) =>
    recordBlocks(ctx, {
      networkId: network.id,
      via: "polling",
      tipHeightBlocks: blocks.at(-1)?.heightBlocks ?? 0n,
      tipAt: NOW,
      sets: [{ ...SET, votingPowers: [1n, 1n, 1n], firstHeightBlocks: 1n }],
      blocks,
    });
  const look = async (now: Date, validators: ReturnType<typeof validator>[], heightBlocks: bigint) =>
    recordChainFacts(await ctxAt(now), { ...FACTS, networkId: network.id, heightBlocks, validators });
  const anybody = await runtime.ctx({ actor: { kind: "anonymous" }, now: () => NOW });
  return { runtime, ctx, ctxAt, network, block, record, look, anybody };
}

it("counts each block once however often it is rolled up, by day, and says which days nobody read", async () => {
  const { ctx, ctxAt, network, block, record, anybody } = await setup();
  const yesterday = new Date("2026-01-09T23:59:00Z");
  await record([block(1, "ccc", yesterday), block(2, "cac", yesterday), block(3, "nac", NOW)]);
  await rollUpHistory(ctx, {});
  await rollUpHistory(ctx, {});
  await recordGap(ctx, { networkId: network.id, fromHeightBlocks: 4n, toHeightBlocks: 5n, reason: "pruned" });
  await Promise.all([rollUpHistory(await ctxAt(NOW), {}), rollUpHistory(await ctxAt(NOW), {})]);
  await record([block(6, "caa", NOW)]);
  await rollUpHistory(ctx, {});

  const daysOf = async (address: string) =>
    (await getUptimeCalendar(anybody, { networkId: network.id, consensusAddress: address, days: 3 })).days;
  expect(await daysOf("0B".repeat(20))).toEqual([
    { day: "2026-01-08", counts: null },
    { day: "2026-01-09", counts: { recorded: 2, signed: 1, missed: 1 } },
    { day: "2026-01-10", counts: { recorded: 2, signed: 0, missed: 2 } },
  ]);
  // A vote for nil is a signature, as the slashing module counts.
  expect((await daysOf("0A".repeat(20))).at(-1)).toEqual({
    day: "2026-01-10",
    counts: { recorded: 2, signed: 2, missed: 0 },
  });
  // One that was never in the set was asked for nothing.
  expect((await daysOf("0D".repeat(20))).at(-1)).toEqual({
    day: "2026-01-10",
    counts: { recorded: 2, signed: 0, missed: 0 },
  });
});

it("ranks the whole set by stake whatever is filtered, and pages through it without loss", async () => {
  const { network, look, anybody } = await setup();
  const many = Array.from({ length: 5 }, (_, index) =>
    validator(`c${index}`, { tokensBaseUnits: BigInt(1_000 + index), moniker: `Name_${index}` }),
  );
  const jailed = validator("j", { status: "unbonding", jailed: true, tokensBaseUnits: 9_000n, moniker: "Jailed 100%" });
  await look(NOW, [...many, jailed], 10n);

  const read: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listChainValidators(anybody, {
      networkId: network.id,
      limit: 2,
      ...(cursor ? { cursor } : {}),
    });
    read.push(...page.items.map(({ moniker, rank }) => `${rank ?? "-"} ${moniker}`));
    cursor = page.nextCursor;
  } while (cursor);
  expect(read).toEqual(["1 Name_4", "2 Name_3", "3 Name_2", "4 Name_1", "5 Name_0", "- Jailed 100%"]);

  const found = await listChainValidators(anybody, { networkId: network.id, search: "name_1", sort: "name" });
  expect(found.items).toMatchObject([{ rank: 4, bondedBaseUnits: "5010", tokensBaseUnits: "1001" }]);
  // What a pattern would mean is a letter here.
  expect((await listChainValidators(anybody, { networkId: network.id, search: "0%" })).items).toMatchObject([
    { moniker: "Jailed 100%" },
  ]);
  const wanted = { networkId: network.id, operatorAddress: operatorOf("j") };
  expect(await getChainValidator(anybody, wanted)).toMatchObject({ isJailed: true, rank: null });
  await expect(getChainValidator(anybody, { ...wanted, operatorAddress: operatorOf("x") })).rejects.toMatchObject({
    code: "chain.validator_not_found",
  });
});

it("keeps how a validator stood, ten minutes apart, and invents nothing where nobody looked", async () => {
  const { ctxAt, runtime, network, look } = await setup();
  const at = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS);
  for (const [minutes, stake] of [
    [0, 100n],
    [5, 150n],
    [12, 200n],
  ] as const) {
    await look(
      at(minutes),
      [validator("c", { tokensBaseUnits: stake }), validator("a", { tokensBaseUnits: 120n })],
      BigInt(minutes + 1),
    );
    await rollUpHistory(await ctxAt(at(minutes)), {});
  }
  // The last look is half an hour old by then: it says nothing of that time.
  await rollUpHistory(await ctxAt(at(45)), {});

  const anybody = await runtime.ctx({ actor: { kind: "anonymous" }, now: () => at(46) });
  const { samples, stepMinutes } = await getValidatorHistory(anybody, {
    networkId: network.id,
    operatorAddress: operatorOf("c"),
    span: "24h",
  });
  expect(stepMinutes).toBe(10);
  expect(
    samples.map(({ at: when, tokensBaseUnits, rank, bondedBaseUnits }) => [
      when,
      tokensBaseUnits,
      rank,
      bondedBaseUnits,
    ]),
  ).toEqual([
    [at(0).toISOString(), "150", 1, "270"],
    [at(10).toISOString(), "200", 1, "320"],
  ]);
});

it("asks for delegators, rewards and the yearly rate of validators that run here, and keeps them beside their sample", async () => {
  const chain = new FakeChain({ chainId: "history-1" });
  chain.advance(1);
  const runtime = await createTestRuntime({ ports: { chains: fakeChainNodes(chain) } });
  ENDINGS.push(() => runtime.close());
  const ctx = await runtime.ctx({ now: () => NOW });
  const nowhere = "http://127.0.0.1:1";
  const facts = { chainId: "history-1" } as Parameters<typeof registerTestNetwork>[1]["facts"];
  const network = await registerTestNetwork(ctx, { facts, rpcUrl: nowhere, restUrl: nowhere }, { status: "active" });
  const [ours, other] = [operatorOf("a"), operatorOf("c")];
  for (const operator of [ours, other])
    chain.ledger.addValidator(operator, btoa(operator.slice(-8).padEnd(32)), 9n, { moniker: "A" });
  chain.ledger.stakes.set(`omni1one/${ours}`, 5n);
  chain.ledger.stakes.set(`omni1two/${ours}`, 4n);
  chain.ledger.rewards.set(`omni1one/${ours}`, 700n);
  chain.ledger.commissions.set(ours, 30n);
  // The first of them left the chain since the last look: what is asked of it is refused, and the next one is asked all the same.
  const validators = [validator("0"), validator("a"), validator("c")];
  await recordChainFacts(ctx, { ...FACTS, networkId: network.id, validators });
  await rollUpHistory(ctx, {});
  await watchValidators(ctx, { networkId: network.id, operatorAddresses: [operatorOf("0"), ours] });

  expect(await sampleEarnings(ctx, {})).toEqual({ sampled: 1 });
  const anybody = await runtime.ctx({ actor: { kind: "anonymous" }, now: () => NOW });
  const newestOf = async (operatorAddress: string) =>
    (await getValidatorHistory(anybody, { networkId: network.id, operatorAddress })).samples.at(-1);
  // No block was recorded, so the time between two is not known, and no yearly rate either.
  expect(await newestOf(ours)).toMatchObject({
    delegatorCount: 2,
    outstandingRewardsBaseUnits: "730",
    outstandingCommissionBaseUnits: "30",
    aprBeforeCommission: null,
  });
  const unasked = { delegatorCount: null, outstandingRewardsBaseUnits: null, outstandingCommissionBaseUnits: null };
  expect(await newestOf(other)).toMatchObject(unasked);

  // The next look of the same ten minutes takes nothing away.
  await rollUpHistory(ctx, {});
  expect(await newestOf(ours)).toMatchObject({ delegatorCount: 2 });
});

it("leaves one sample an hour of what is older than two days, and nothing of what no chart shows", async () => {
  const { runtime, ctx, network } = await setup();
  const networkId = network.id;
  const at = (days: number, minutes = 0) => new Date(NOW.getTime() - days * 86_400_000 + minutes * MINUTE_MS);
  const kept = [at(3), at(3, 60), at(1), at(1, 10)];
  const gone = [at(3, 10), at(3, 50), at(91)];
  await runtime.db.insert(chainValidatorSamples).values(
    [...kept, ...gone].map((moment) => ({
      networkId,
      operatorAddress: operatorOf("a"),
      at: moment,
      tokensBaseUnits: 1n,
      bondedBaseUnits: 1n,
      commissionRate: "0.1",
    })),
  );
  const hour = { networkId, consensusAddressHex: "0A".repeat(20), signedBlocks: 1, missedBlocks: 0 };
  await runtime.db.insert(chainValidatorHours).values([89, 91].map((days) => ({ ...hour, hourAt: at(days) })));
  await pruneHistory(ctx, {});
  await pruneHistory(ctx, {});
  const samples = await runtime.db.select().from(chainValidatorSamples).orderBy(chainValidatorSamples.at);
  expect(samples.map((sample) => sample.at)).toEqual(kept);
  expect((await runtime.db.select().from(chainValidatorHours)).map(({ hourAt }) => hourAt)).toEqual([at(89)]);
});

it("takes in a set of more validators than one statement has room for", async () => {
  const { runtime, look, network } = await setup();
  const many = Array.from({ length: 3_000 }, (_, place) => validator(`v${place}`));
  await look(NOW, many, 1n);
  expect(await runtime.db.$count(chainValidators, eq(chainValidators.networkId, network.id))).toBe(3_000);
});

it("forgets the history of a chain that was made anew", async () => {
  const { ctx, network, block, record, look, anybody } = await setup();
  await record([block(1, "ccc", NOW)]);
  await look(NOW, [validator("c")], 1n);
  await rollUpHistory(ctx, {});
  await resetRecords(ctx, { networkId: network.id, reason: "made anew" });
  await record([block(1, "aaa", NOW)]);
  await rollUpHistory(ctx, {});
  const calendar = await getUptimeCalendar(anybody, {
    networkId: network.id,
    consensusAddress: "0A".repeat(20),
    days: 1,
  });
  expect(calendar.days[0]?.counts).toEqual({ recorded: 1, signed: 0, missed: 1 });
});
