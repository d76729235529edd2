import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { NodeSpec } from "@/server/ports/node-host";
import { freePort } from "@/tests/support/free-port";

type LocalnetFacts = {
  readonly chainId: string;
  readonly genesisPath: string;
  readonly genesisSha256: string;
  readonly nodeId: string;
  readonly p2pPort: number;
  readonly rpcPort: number;
  readonly blockTimeMs: number;
  readonly minGasPrices: string;
};
type Localnet = {
  initLocalnet(options: object): Promise<LocalnetFacts>;
  startLocalnet(options: object): Promise<{ waitReady(): Promise<unknown>; stop(): Promise<void> }>;
  readFaucet(homeDir: string): Promise<{ mnemonic: string }>;
  consensusTimeouts(blockTimeMs: number): NonNullable<NodeSpec["consensusTimeouts"]>;
};
type Builder = {
  buildPosd(options: object): Promise<{ path: string; sha256: string; version: string }>;
};

/** A running one-validator chain of the product's own devnet, with what a spec needs to join it. */
export async function startTestChain() {
  const load = async (file: string): Promise<unknown> => await import(pathToFileURL(resolve("devnet", file)).href);
  const { buildPosd } = (await load("build.mjs")) as Builder;
  const localnet = (await load("localnet.mjs")) as Localnet;
  const binary = await buildPosd({ version: "v1" });
  const directory = await mkdtemp(join(tmpdir(), "omniphi-chain-"));
  const homeDir = join(directory, "localnet");
  const [p2p, rpc, rest, grpc, abci, pprof, prometheus] = await Promise.all(Array.from({ length: 7 }, freePort));
  const ports = { p2p, rpc, rest, grpc, abci, pprof, prometheus };
  const facts = await localnet.initLocalnet({
    posdPath: binary.path,
    homeDir,
    chainId: "omniphi-test-1",
    p2pHost: "0.0.0.0",
    ports,
  });
  const running = await localnet.startLocalnet({ homeDir });
  await running.waitReady();

  const posd = async (args: readonly string[], input?: string): Promise<string> => {
    const child = promisify(execFile)(binary.path, [...args, "--home", join(directory, "client")]);
    child.child.stdin?.end(input);
    return (await child).stdout;
  };
  const rpcCall = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(`http://127.0.0.1:${facts.rpcPort}${path}`);
    return ((await answer.json()) as { result: Record<string, unknown> }).result;
  };

  return {
    spec: (overrides: Partial<NodeSpec> = {}): NodeSpec => ({
      nodeId: `node_${randomUUID()}`,
      volumeId: `vol_${randomUUID()}`,
      chainId: facts.chainId,
      moniker: "contract",
      binary,
      genesis: { path: facts.genesisPath, sha256: facts.genesisSha256 },
      persistentPeers: [`${facts.nodeId}@127.0.0.1:${facts.p2pPort}`],
      seeds: [],
      minimumGasPrices: facts.minGasPrices,
      consensusTimeouts: localnet.consensusTimeouts(facts.blockTimeMs),
      cpuMillicores: 1_000,
      memoryBytes: 1024 ** 3,
      pidsLimit: 512,
      ...overrides,
    }),
    heightBlocks: async (): Promise<number> => {
      const { sync_info: sync } = (await rpcCall("/status")) as { sync_info: { latest_block_height: string } };
      return Number(sync.latest_block_height);
    },
    /**
     * Consensus addresses (hex, upper case) that voted at the height. A vote for nil is a signature too, and the usual one here: the large validator
     * decides alone, so its commit is often there before its block.
     */
    signersAt: async (heightBlocks: number): Promise<string[]> => {
      const { signed_header: header } = (await rpcCall(`/commit?height=${heightBlocks}`)) as {
        signed_header: { commit: { signatures: { block_id_flag: number; validator_address: string }[] } };
      };
      return header.commit.signatures.filter((vote) => vote.block_id_flag !== 1).map((vote) => vote.validator_address);
    },
    /** Bonds a validator with the key, paid by the faucet; once per chain. */
    bond: async (consensusPubkeyBase64: string): Promise<void> => {
      const { mnemonic } = await localnet.readFaucet(homeDir);
      const keyring = ["--keyring-backend", "test"];
      await posd(["keys", "add", "operator", "--recover", ...keyring], `${mnemonic}\n`);
      const path = join(directory, "validator.json");
      const pubkey = { "@type": "/cosmos.crypto.ed25519.PubKey", key: consensusPubkeyBase64 };
      const rates = { "commission-rate": "0.1", "commission-max-rate": "0.2", "commission-max-change-rate": "0.01" };
      const amount = { amount: "100000000omniphi", "min-self-delegation": "1" };
      await writeFile(path, JSON.stringify({ pubkey, moniker: "contract", ...amount, ...rates }));
      const fees = ["--gas", "400000", "--gas-prices", facts.minGasPrices];
      const target = ["--chain-id", facts.chainId, "--node", `tcp://127.0.0.1:${facts.rpcPort}`];
      const args = ["tx", "staking", "create-validator", path, "--from", "operator", "--yes", "--output", "json"];
      const answer = JSON.parse(await posd([...args, ...keyring, ...fees, ...target])) as {
        code: number;
        raw_log: string;
      };
      if (answer.code !== 0) throw new Error(`The chain refused create-validator: ${answer.raw_log}`);
    },
    stop: async (): Promise<void> => {
      await running.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type TestChain = Awaited<ReturnType<typeof startTestChain>>;
