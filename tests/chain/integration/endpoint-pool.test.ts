import { afterEach, describe, expect, it } from "vitest";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import type { OnQuarantined } from "@/server/adapters/cosmos/endpoint-pool";
import { type AppError, isAppError } from "@/server/kernel/errors";
import type { ChainNode } from "@/server/ports/chain-node";
import {
  startWireChain,
  type WireChain,
  type WireChainState,
  wireValidatorKey,
} from "../../support/fakes/chain-node-wire";

const running: WireChain[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((chain) => chain.close()));
});
const wire = async (change: Partial<WireChainState> = {}): Promise<WireChain> => {
  const chain = await startWireChain(change);
  running.push(chain);
  return chain;
};

/** A clock that tests turn; the pool sees no other. */
function poolOf(chains: readonly WireChain[]) {
  const quarantined: Parameters<OnQuarantined>[0][] = [];
  const clock = { nowMs: 1_000_000 };
  const node = createCosmosChainNodes({
    onQuarantined: (event) => quarantined.push(event),
    nowMs: () => clock.nowMs,
  }).forNetwork({
    networkId: "net_test",
    chainId: "wire-1",
    rpcUrls: chains.map((chain) => chain.url),
    restUrls: chains.map((chain) => chain.url),
    bech32: { account: "omni", validator: "omnivaloper", consensus: "omnivalcons" },
    baseDenom: "omniphi",
    gasPriceFloor: "0.025",
    reach: "own",
  });
  return { node, quarantined, clock };
}
const failureOf = async (act: Promise<unknown>): Promise<AppError> => {
  const thrown: unknown = await act.then(
    (answer) => new Error(`answered ${String(answer)}`),
    (error: unknown) => error,
  );
  if (!isAppError(thrown)) throw thrown;
  return thrown;
};
const stateOf = (node: ChainNode, chain: WireChain, kind: "rpc" | "rest") =>
  node.endpointHealth().find((endpoint) => endpoint.url === chain.url && endpoint.kind === kind)?.state;

describe("a pool of endpoints", () => {
  it("quarantines an endpoint of another chain, tells of it once, and reads on from the next", async () => {
    const [other, own] = [await wire({ chainId: "other-1" }), await wire()];
    const { node, quarantined, clock } = poolOf([other, own]);
    expect((await node.stakingParams()).maxValidators).toBe(125);
    expect((await node.status()).chainId).toBe("wire-1");
    clock.nowMs += 600_000;
    await node.status({ maxAgeMs: 0 });
    await node.stakingParams({ maxAgeMs: 0 });
    expect(quarantined.map((event) => [event.kind, event.url, event.answeredChainId])).toEqual([
      ["rest", other.url, "other-1"],
      ["rpc", other.url, "other-1"],
    ]);
    expect(stateOf(node, other, "rpc")).toBe("quarantined");
    expect(other.requests.filter((request) => !/status|node_info/.test(request))).toEqual([]);
  });

  it("says that the id is wrong when nobody else answers, and never gives a number", async () => {
    const { node } = poolOf([await wire({ chainId: "other-1" })]);
    expect(await failureOf(node.status())).toMatchObject({ kind: "upstream_unavailable", code: "chain.id_mismatch" });
    expect(await failureOf(node.validatorSet())).toMatchObject({ code: "chain.id_mismatch" });
    // Asked again, it is still known.
    expect(await failureOf(node.status())).toMatchObject({ code: "chain.id_mismatch" });
  });

  it("notices an endpoint that becomes another chain", async () => {
    const [first, second] = [await wire(), await wire()];
    const { node, quarantined, clock } = poolOf([first, second]);
    await node.status();
    first.state.chainId = "other-1";
    clock.nowMs += 300_000;
    expect((await node.status({ maxAgeMs: 0 })).chainId).toBe("wire-1");
    expect(quarantined).toHaveLength(1);
  });

  it.each(["html", "error_500", "hang_up", "wrong_shape", "too_many_requests"] as const)(
    "goes to the next endpoint when the first answers with %s, and back when it is well",
    async (mischief) => {
      const [first, second] = [await wire({ mischief }), await wire({ minCommissionRate: "0.010000000000000000" })];
      const { node, clock } = poolOf([first, second]);
      expect((await node.stakingParams()).minCommissionRate).toBe("0.01");
      expect(stateOf(node, first, "rest")).toBe("failing");
      first.state.mischief = "none";
      second.state.mischief = mischief;
      clock.nowMs += 120_000;
      expect((await node.stakingParams({ maxAgeMs: 0 })).minCommissionRate).toBe("0.05");
      expect(stateOf(node, first, "rest")).toBe("healthy");
    },
  );

  it.each([
    ["html", "upstream_unavailable", "chain.unavailable"],
    ["error_500", "upstream_unavailable", "chain.unavailable"],
    ["hang_up", "upstream_unavailable", "chain.unavailable"],
    ["wrong_shape", "upstream_rejected", "chain.bad_answer"],
    ["too_many_requests", "rate_limited", "chain.rate_limited"],
  ] as const)("with %s alone it fails as %s %s", async (mischief, kind, code) => {
    const { node } = poolOf([await wire({ mischief })]);
    expect(await failureOf(node.stakingParams())).toMatchObject({ kind, code });
    expect(await failureOf(node.block(5n))).toMatchObject({ kind });
  });

  it("gives up at the caller's deadline", async () => {
    const { node } = poolOf([await wire({ delayMs: 10_000 })]);
    const startedAt = performance.now();
    expect(await failureOf(node.status({ deadlineMs: 200 }))).toMatchObject({
      kind: "timeout",
      code: "chain.rpc_timeout",
    });
    // An endpoint's own time is five seconds.
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it("does not believe an endpoint that is far behind the others about now", async () => {
    const [behind, ahead] = [
      await wire({ heightBlocks: 50n, minCommissionRate: "0.990000000000000000" }),
      await wire({ heightBlocks: 100n }),
    ];
    const { node } = poolOf([behind, ahead]);
    expect((await node.stakingParams({ maxAgeMs: 0 })).minCommissionRate).toBe("0.05");
    ahead.state.mischief = "error_500";
    expect((await failureOf(node.stakingParams({ maxAgeMs: 0 }))).kind).toBe("upstream_unavailable");
  });

  it("asks two endpoints when told to, and refuses when they disagree, when one is missing, or when one forges history", async () => {
    const [first, second] = [await wire(), await wire()];
    const { node } = poolOf([first, second]);
    expect((await node.stakingParams({ twoSources: true })).minCommissionRate).toBe("0.05");
    expect((await node.status({ twoSources: true })).latestHeightBlocks).toBe(100n);
    second.state.minCommissionRate = "0.000000000000000000";
    expect(await failureOf(node.stakingParams({ twoSources: true }))).toMatchObject({ code: "chain.sources_disagree" });
    second.state.history = "BB";
    expect(await failureOf(node.status({ twoSources: true }))).toMatchObject({ code: "chain.sources_disagree" });
    expect(await failureOf(node.block(40n, { twoSources: true }))).toMatchObject({ code: "chain.sources_disagree" });
    const alone = poolOf([first]).node;
    expect(await failureOf(alone.stakingParams({ twoSources: true }))).toMatchObject({
      code: "chain.second_source_missing",
    });
  });

  it("follows the pages to the end: finds the 140th of 150 validators by its key", async () => {
    const chain = await wire({ validatorCount: 150 });
    const { node } = poolOf([chain]);
    expect(await node.validatorSet()).toHaveLength(150);
    const found = await node.validatorByConsensusPubkey(wireValidatorKey(139), { maxAgeMs: 0 });
    expect(found.description.moniker).toBe("v139");
    expect(await failureOf(node.validatorByConsensusPubkey(wireValidatorKey(150)))).toMatchObject({
      code: "chain.validator_not_found",
    });
    chain.state.mischief = "endless_pages";
    expect(await failureOf(node.validatorSet({}, { maxAgeMs: 0 }))).toMatchObject({ code: "chain.bad_answer" });
  });

  it("looks for an old block at every endpoint before it says that it is gone, and tells the widest range", async () => {
    const [pruned, archive] = [await wire({ earliestHeightBlocks: 80n }), await wire({ earliestHeightBlocks: 10n })];
    const { node } = poolOf([pruned, archive]);
    expect((await node.block(20n)).heightBlocks).toBe(20n);
    expect(await failureOf(node.block(5n))).toMatchObject({
      code: "chain.block_not_found",
      details: { heightBlocks: "5", earliestHeightBlocks: "10", latestHeightBlocks: "100" },
    });
    archive.state.mischief = "hang_up";
    expect((await failureOf(node.block(5n, { maxAgeMs: 0 }))).code).toBe("chain.unavailable");
    expect(stateOf(node, pruned, "rpc")).toBe("healthy");
  });

  it("keeps answers for as long as they may serve, and no longer than the chain stands still", async () => {
    const chain = await wire();
    const { node, clock } = poolOf([chain]);
    const asked = () => chain.requests.filter((request) => request.includes("/staking/v1beta1/")).length;
    await node.validatorSet();
    await node.validatorSet();
    expect(asked()).toBe(1);
    await node.validatorSet({}, { maxAgeMs: 0 });
    expect(asked()).toBe(2);
    await node.validatorSet();
    clock.nowMs += 5_000;
    await node.validatorSet();
    const before = asked();
    chain.state.heightBlocks += 1n;
    await node.status({ maxAgeMs: 0 });
    await node.validatorSet();
    expect(asked()).toBe(before + 1);
  });
});

describe("broadcasting through a pool", () => {
  const txBytes = Uint8Array.of(10, 1, 1, 18, 1, 2, 26, 1, 3);

  it("says unknown, with the hash to look for, when the answer was lost on the way", async () => {
    const chain = await wire({ mischief: "hang_up_after_post" });
    const { node } = poolOf([chain]);
    const failure = await failureOf(node.broadcast(txBytes));
    expect(failure).toMatchObject({ kind: "timeout", code: "chain.broadcast_unknown" });
    expect(failure.details.txHash).toMatch(/^[0-9A-F]{64}$/);
  });

  it("does not take a wrong sequence from the second endpoint for a refusal when the first may have taken it", async () => {
    const lost = await wire({ mischief: "hang_up_after_post" });
    const second = await wire({ broadcast: { code: 32, codespace: "sdk" } });
    expect((await failureOf(poolOf([lost, second]).node.broadcast(txBytes))).code).toBe("chain.broadcast_unknown");
    second.state.broadcast = { code: 5, codespace: "sdk" };
    expect((await failureOf(poolOf([lost, second]).node.broadcast(txBytes))).code).toBe("chain.transaction_refused");
  });

  it("is sure that nothing was sent when no connection was made", async () => {
    const chain = await wire();
    const { node } = poolOf([chain]);
    await node.status();
    await chain.close();
    expect((await failureOf(node.broadcast(txBytes))).code).toBe("chain.unavailable");
  });

  it.each([
    [32, "sdk", "sequence_mismatch"],
    [11, "sdk", "out_of_gas"],
    [5, "sdk", "insufficient_funds"],
    [13, "sdk", "insufficient_fee"],
    [4, "sdk", "unauthorized"],
    [20, "sdk", "mempool_full"],
    [30, "sdk", "timeout_height"],
    [4, "staking", "already_exists"],
    [5, "staking", "already_exists"],
    [12, "staking", "other"],
    [99, "sdk", "other"],
    [2, "evil", "other"],
  ] as const)("maps code %i of %s to %s by code alone", async (code, codespace, refusal) => {
    const { node } = poolOf([await wire({ broadcast: { code, codespace } })]);
    expect(await failureOf(node.broadcast(txBytes))).toMatchObject({
      kind: "upstream_rejected",
      code: "chain.transaction_refused",
      details: { chainCode: code, codespace, refusal, reason: "as told" },
    });
  });

  it("gives the chain's own reason where it refuses, at once or when it is tried out", async () => {
    const told =
      "failed to execute message; message index: 0: validator commission cannot be less than min rate of 0.05";
    const chain = await wire({
      broadcast: { code: 18, codespace: "sdk", rawLog: told },
      simulationError: { code: 2, message: `${told} [cosmos/cosmos-sdk@v0.53.4/x/staking/keeper/msg_server.go:80]` },
    });
    const { node } = poolOf([chain]);
    for (const [refused, code] of [
      [await failureOf(node.broadcast(txBytes)), "chain.transaction_refused"],
      [await failureOf(node.simulate(txBytes)), "chain.simulation_refused"],
    ] as const) {
      expect(refused).toMatchObject({ kind: "upstream_rejected", code, details: { reason: told } });
      expect(refused.message).toContain(`It says: ${told}`);
      expect(refused.message).not.toContain(".go:");
    }
    chain.state.simulationError = { code: 2, message: "" };
    expect((await failureOf(node.simulate(txBytes))).message).toContain("It gives no reason.");
  });

  it("takes a transaction that the chain knows already for sent", async () => {
    const { node } = poolOf([await wire({ broadcast: { code: 19, codespace: "sdk" } })]);
    expect((await node.broadcast(txBytes)).txHash).toMatch(/^[0-9A-F]{64}$/);
  });
});
