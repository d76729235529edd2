import { readFileSync } from "node:fs";
import { writeAtomically } from "@/lib/os/durable-file.mjs";
import { notFound, upstreamUnavailable } from "@/server/kernel/errors";
import type { ChainNetwork, ChainNode, ChainNodes, ChainValidator } from "@/server/ports/chain-node";
import { readFakeState } from "../fakes/node-host-state";
import type { FakeChainState } from "./fake-chain-state";
import { createFakeHistory, type FakeHistory } from "./fake-history";
import { fakeTransactions } from "./fake-transactions";

const DEFAULT: FakeChainState = {
  isDown: false,
  heightBlocks: 100,
  movingSinceMs: null,
  minCommissionRate: "0.05",
  maxValidators: 125,
  balance: 10_000_000,
  spendable: 10_000_000,
  clockSkewMs: 0,
  validators: {},
  transactions: {},
};

export function readFakeChain(file: string): FakeChainState {
  try {
    return { ...DEFAULT, ...(JSON.parse(readFileSync(file, "utf8")) as Partial<FakeChainState>) };
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return { ...DEFAULT };
    throw thrown;
  }
}

const BLOCK_MS = 250;
const heightOf = ({ heightBlocks, movingSinceMs }: FakeChainState): bigint =>
  BigInt(heightBlocks + (movingSinceMs === null ? 0 : Math.floor((Date.now() - movingSinceMs) / BLOCK_MS)));

export function writeFakeChain(file: string, patch: Partial<FakeChainState>): void {
  writeAtomically(file, JSON.stringify({ ...readFakeChain(file), ...patch }));
}

const validator = (operatorAddress: string, consensusPubkeyBase64: string): ChainValidator => ({
  operatorAddress,
  consensusPubkeyBase64,
  consensusAddress: "omnivalcons1fake",
  consensusAddressHex: "00",
  jailed: false,
  status: "bonded",
  tokensBaseUnits: 1_000_000n,
  delegatorShares: "1000000",
  description: { moniker: "fake", identity: "", website: "", securityContact: "", details: "" },
  commissionRate: "0.1",
  commissionMaxRate: "0.2",
  commissionMaxChangeRate: "0.01",
  commissionUpdatedAt: "2026-01-01T00:00:00Z",
  minSelfDelegationBaseUnits: 1n,
  unbondingHeightBlocks: 0n,
  unbondingAt: "1970-01-01T00:00:00Z",
});

/**
 * A chain, and nodes of the fake hosts answering for themselves, in as much as provisioning and the watcher ask. What it does not know throws,
 * so that a test that leans on more than this says so at once. Money is tested on the real chain.
 */
export function createFakeChains(files: { chainFile: string; hostFiles: readonly string[] }): ChainNodes {
  const histories = new Map<string, FakeHistory>();
  const nodeStatus = (network: ChainNetwork) => {
    for (const file of files.hostFiles) {
      const state = readFakeState(file);
      const node = state.nodes[network.networkId];
      const volume = node && state.volumes[node.volumeId];
      if (node?.state === "running" && volume?.consensusPubkeyBase64 && volume.cometNodeId) {
        return { nodeId: volume.cometNodeId, consensusPubkeyBase64: volume.consensusPubkeyBase64 };
      }
    }
    throw upstreamUnavailable("chain.unavailable", "The fake node does not answer.");
  };
  const forNetwork = (network: ChainNetwork): ChainNode => {
    const chain = () => {
      const state = readFakeChain(files.chainFile);
      if (state.isDown) throw upstreamUnavailable("chain.unavailable", "The fake chain does not answer.");
      return state;
    };
    const isNode = network.networkId.startsWith("node_");
    const history = histories.get(network.chainId) ?? createFakeHistory(network.chainId, () => heightOf(chain()));
    histories.set(network.chainId, history);
    const known: Partial<ChainNode> = {
      ...(isNode ? {} : history.of(network)),
      ...fakeTransactions({
        read: chain,
        write: (patch) => writeFakeChain(files.chainFile, patch),
        heightBlocks: () => heightOf(chain()),
      }),
      network,
      status: async () => ({
        chainId: network.chainId,
        latestHeightBlocks: heightOf(chain()),
        latestBlockHash: "00",
        latestBlockAt: "2026-01-01T00:00:00Z",
        clockAt: new Date(Date.now() + chain().clockSkewMs).toISOString(),
        earliestHeightBlocks: 1n,
        catchingUp: false,
        moniker: "fake",
        cometVersion: "fake",
        ...(isNode ? nodeStatus(network) : { nodeId: "00", consensusPubkeyBase64: "" }),
      }),
      netInfo: async () => ({ peerCount: 1, peers: [] }),
      stakingParams: async () => ({
        unbondingSeconds: 600,
        maxValidators: chain().maxValidators,
        maxEntries: 7,
        historicalEntries: 100,
        bondDenom: "omniphi",
        minCommissionRate: chain().minCommissionRate,
      }),
      gasFacts: async () => {
        chain();
        return { minimumGasPrice: "0.025", baseFee: null, maxBlockGas: 60_000_000n, maxTxGas: null };
      },
      validatorByOperator: async (operatorAddress) => {
        const { validators, transactions } = chain();
        const key = validators[operatorAddress];
        const made = Object.values(transactions).find((one) => one.operatorAddress === operatorAddress);
        if (key === undefined || (made !== undefined && BigInt(made.heightBlocks) > heightOf(chain())))
          throw notFound("chain.validator_not_found", "none");
        return validator(operatorAddress, key);
      },
      validatorByConsensusPubkey: async (pubkey) => {
        const found = Object.entries(chain().validators).find(([, key]) => key === pubkey);
        if (!found) throw notFound("chain.validator_not_found", "none");
        return validator(found[0], pubkey);
      },
    };
    return new Proxy(known as ChainNode, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (value === undefined && name !== "then") throw new Error(`the fake chain has no ${String(name)}`);
        return value;
      },
    });
  };
  return { forNetwork, close: async () => undefined };
}
