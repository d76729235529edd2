import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { createNetworkBinaryStore } from "@/server/adapters/binary-store/network-binary-store";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import {
  checkNetwork,
  getNetwork,
  getNetworkRecord,
  listNetworks,
  nodeFactsOf,
  readRegistry,
  registerNetwork,
  retireNetwork,
} from "@/server/domains/chain";
import { type NetworkCheck, type NetworkDraft, RegisterNetworkInput } from "@/server/domains/chain/networks/schemas";
import { notFound } from "@/server/kernel/errors";
import { startWireChain, type WireChain } from "../../support/fakes/chain-node-wire";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const PROGRAM = "a program";
const GENESIS = JSON.stringify({ chain_id: "wire-1" });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let runtime: TestRuntime;
let folder: string;
/** What the internet has, by address. */
let web: Record<string, string> = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "omniphi-add-network-"));
  writeFileSync(join(folder, "wired"), PROGRAM);
  writeFileSync(join(folder, "genesis.json"), GENESIS);
  runtime = await createTestRuntime({
    ports: {
      chains: createCosmosChainNodes({ onQuarantined: () => {} }),
      binaries: createNetworkBinaryStore({ rootDir: join(folder, "kept") }),
      documents: {
        readBytes: () => Promise.reject(new Error("no file of a network is read as bytes")),
        readText: async (url) => {
          const text = web[url];
          if (text === undefined) throw notFound("documents.none", url);
          return text;
        },
      },
    },
  });
});
afterAll(async () => {
  await runtime.close();
  rmSync(folder, { recursive: true, force: true });
});

let wire: WireChain;
const others: WireChain[] = [];
beforeEach(async () => {
  web = {};
  wire = await startWireChain({
    modules: {
      "/cosmos/base/node/v1beta1/config": { minimum_gas_price: "0.02omniphi" },
      "/cosmos/consensus/v1/params": { params: { block: { max_gas: "-1" } } },
    },
  });
});
afterEach(async () => {
  await Promise.all([wire, ...others.splice(0)].map((chain) => chain.close()));
});

const draftOf = (change: Partial<NetworkDraft> = {}): NetworkDraft => ({
  chainId: "wire-1",
  kind: "localnet",
  displayName: "Wire",
  status: "active",
  isDefault: false,
  bech32: bech32PrefixesOf("omni"),
  coinType: 118,
  baseDenom: "omniphi",
  displayDenom: "OMNI",
  denomExponent: 6,
  gasPriceSteps: { low: "0.02", average: "0.03", high: "0.04" },
  rpcUrls: [wire.url],
  restUrls: [wire.url],
  grpcUrls: [],
  seeds: [`${"ab".repeat(20)}@seed.example.org:26656`],
  persistentPeers: [],
  genesisUrl: null,
  genesisPath: join(folder, "genesis.json"),
  genesisSha256: sha256(GENESIS),
  currentBinaryVersion: "v1",
  releases: [
    { version: "v1", os: "linux", arch: "amd64", url: null, path: join(folder, "wired"), sha256: sha256(PROGRAM) },
  ],
  stateSyncRpcUrls: [],
  consensusTimeouts: null,
  explorerUrl: null,
  faucetUrl: null,
  ...change,
});
const check = async (change: Partial<NetworkDraft> = {}) => checkNetwork(await runtime.ctx(), draftOf(change));
const stateOf = (checks: readonly NetworkCheck[], id: NetworkCheck["id"]) =>
  checks.filter((one) => one.id === id).map(({ state }) => state);

describe("a network that is to be added", () => {
  it("is held against the chain itself, line by line", async () => {
    const { checks, canBeKept } = await check();
    expect(checks.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "rpc ok",
      "rest ok",
      "staking ok",
      "prefix ok",
      "gas_price ok",
      "genesis ok",
      "release ok",
      "peers ok",
    ]);
    expect(canBeKept).toBe(true);
  });

  it.each([
    ["staking", { baseDenom: "uother" }, /stakes omniphi/],
    ["prefix", { bech32: bech32PrefixesOf("other") }, /omnivaloper1/],
    ["genesis", { genesisSha256: "0".repeat(64) }, /SHA-256/],
  ] as const)("is refused where its %s does not agree", async (id, change, sentence) => {
    const { checks, canBeKept } = await check(change);
    expect(checks.find((one) => one.id === id)).toMatchObject({
      state: "failed",
      sentence: expect.stringMatching(sentence),
    });
    expect(canBeKept).toBe(false);
  });

  it("is refused where one endpoint answers for another chain, though the others are right", async () => {
    const other = await startWireChain({ chainId: "other-1" });
    others.push(other);
    const { checks, canBeKept } = await check({ rpcUrls: [wire.url, other.url], restUrls: [wire.url, other.url] });
    expect([stateOf(checks, "rpc"), stateOf(checks, "rest")]).toEqual([
      ["ok", "failed"],
      ["ok", "failed"],
    ]);
    expect(canBeKept).toBe(false);
  });

  it("is refused where the genesis is of another chain", async () => {
    const path = join(folder, "other-genesis.json");
    const other = JSON.stringify({ chain_id: "other-1" });
    writeFileSync(path, other);
    const { checks } = await check({ genesisPath: path, genesisSha256: sha256(other) });
    expect(checks.find(({ id }) => id === "genesis")).toMatchObject({
      state: "failed",
      sentence: expect.stringContaining("other-1"),
    });
  });

  it("keeps what nobody answered as not found out, and needs one endpoint of each kind", async () => {
    const { checks, canBeKept } = await check({ rpcUrls: ["http://127.0.0.1:1"] });
    expect(stateOf(checks, "rpc")).toEqual(["unknown"]);
    expect(stateOf(checks, "staking")).toEqual(["ok"]);
    expect(canBeKept).toBe(false);
    expect((await check({ rpcUrls: ["http://127.0.0.1:1", wire.url] })).canBeKept).toBe(true);
  });

  it("is told of a gas price that the chain will not take, and of files whose SHA-256 nobody has told", async () => {
    const { checks, canBeKept } = await check({
      gasPriceSteps: { low: "0.001", average: "0.001", high: "0.001" },
      genesisSha256: null,
      releases: [{ ...(draftOf().releases[0] as NetworkDraft["releases"][number]), sha256: null }],
    });
    expect(checks.find(({ id }) => id === "gas_price")).toMatchObject({ state: "warning", found: "0.02" });
    expect(checks.find(({ id }) => id === "genesis")).toMatchObject({ state: "warning", found: sha256(GENESIS) });
    expect(checks.find(({ id }) => id === "release")).toMatchObject({ state: "warning", found: sha256(PROGRAM) });
    expect(canBeKept).toBe(true);
  });

  it("is kept with all that its record says, read back, retired, and put on offer again", async () => {
    const ctx = await runtime.ctx();
    const record = RegisterNetworkInput.parse(draftOf());
    const { id } = await registerNetwork(ctx, record);
    expect((await getNetworkRecord(ctx, { networkId: id })).record).toEqual(record);
    expect(await getNetwork(ctx, { networkId: id })).toMatchObject({ takesNodes: true, hasFaucet: false });
    // Where files lie on this machine is for operators alone.
    expect(JSON.stringify(await getNetwork(ctx, { networkId: id }))).not.toContain(folder);
    expect((await nodeFactsOf(runtime.db, id)).files).toMatchObject({ currentVersion: "v1", reach: "own" });

    await retireNetwork(ctx, { networkId: id });
    expect(await listNetworks(ctx, { status: "active" })).toEqual([]);
    await expect(retireNetwork(ctx, { networkId: id })).rejects.toMatchObject({
      code: "chain.invalid_network_transition",
    });
    await registerNetwork(ctx, { ...record, isDefault: true });
    await expect(retireNetwork(ctx, { networkId: id })).rejects.toMatchObject({ code: "chain.default_network_kept" });
    const rows = await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, id));
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["chain.network.registered", "chain.network.retired", "chain.network.active"]),
    );
  });

  it("comes from its registry files by address, with the asset list beside them", async () => {
    const base = "https://registry.example.org/wire";
    const chain = {
      chain_id: "wire-1",
      chain_name: "wire",
      bech32_prefix: "omni",
      staking: { staking_tokens: [{ denom: "omniphi" }] },
    };
    web[`${base}/chain.json`] = JSON.stringify(chain);
    const read = async () => readRegistry(await runtime.ctx(), { chainUrl: `${base}/chain.json` });
    expect((await read()).draft).toMatchObject({ chainId: "wire-1", displayDenom: "omniphi", denomExponent: 0 });
    const units = [
      { denom: "omniphi", exponent: 0 },
      { denom: "OMNI", exponent: 6 },
    ];
    const assets = [{ base: "omniphi", display: "OMNI", symbol: "OMNI", denom_units: units }];
    web[`${base}/assetlist.json`] = JSON.stringify({ assets });
    expect((await read()).draft).toMatchObject({ displayDenom: "OMNI", denomExponent: 6 });
    await expect(readRegistry(await runtime.ctx(), {})).rejects.toMatchObject({ kind: "invalid" });
  });
});
