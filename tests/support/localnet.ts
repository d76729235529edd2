import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { identityOf, type ProcessReference } from "@/lib/os/process-identity.mjs";
import type { ChainNetwork } from "@/server/ports/chain-node";
import { freePort } from "./free-port";

/** What the local chain's maker says of it; see devnet/localnet.mjs. */
export type LocalnetFacts = {
  readonly chainId: string;
  readonly genesisPath: string;
  readonly genesisSha256: string;
  readonly posdPath: string;
  readonly posdSha256: string;
  readonly nodeId: string;
  readonly p2pPort: number;
  readonly rpcPort: number;
  readonly restPort: number;
  readonly blockTimeMs: number;
  readonly accountPrefix: string;
  readonly baseDenom: string;
  readonly minGasPrices: string;
  readonly faucetAddress: string;
  readonly validatorOperatorAddress: string;
};

export type Localnet = {
  readonly facts: LocalnetFacts;
  readonly homeDir: string;
  readonly faucetMnemonic: string;
  readonly rpcUrl: string;
  readonly restUrl: string;
  /** Description for the port under test; endpoints may be replaced. */
  network(change?: Partial<ChainNetwork>): ChainNetwork;
  /** One at a time over all test processes: the faucet's account has one sequence. */
  withFaucetLock<Out>(work: () => Promise<Out>): Promise<Out>;
};

const START_TIMEOUT_MS = 900_000;
const POLL_MS = 200;

const loadDevnet = async (file: string): Promise<Record<string, unknown>> =>
  await import(pathToFileURL(join(process.cwd(), "devnet", file)).href);

/**
 * The one local chain of this test run (0.5 s blocks, a signing window of 20; devnet's own parameters otherwise): the first file that asks starts it, the rest join, and it ends
 * with the run. The first build of posd takes minutes; later ones come from the cache.
 */
export async function sharedLocalnet(): Promise<Localnet> {
  // Vitest forks its workers, so their parent is the run.
  const identity = identityOf(process.ppid);
  if (identity === undefined) throw new Error("the test run has ended");
  const run = { pid: process.ppid, identity };
  const folder = folderOfRun(run);
  if (claim(folder)) {
    const keeper = join(process.cwd(), "tests", "support", "localnet-keeper.mjs");
    const ports = [await freePort(), await freePort(), await freePort(), await freePort()];
    const settings = [folder, run.pid, run.identity, ...ports].map(String);
    spawn(process.execPath, [keeper, ...settings], { detached: true, stdio: "ignore" }).unref();
  }
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  while (!existsSync(join(folder, "ready.json"))) {
    if (existsSync(join(folder, "failed.txt"))) {
      throw new Error(`the local chain did not start: ${readFileSync(join(folder, "failed.txt"), "utf8")}`);
    }
    if (Date.now() > giveUpAt) throw new Error("the local chain did not start in time");
    await delay(POLL_MS);
  }
  return openLocalnet(join(folder, "home"));
}

/** A local chain that runs in that home already. */
export async function openLocalnet(homeDir: string): Promise<Localnet> {
  const { readLocalnetFacts, readFaucet } = (await loadDevnet("localnet.mjs")) as {
    readLocalnetFacts(homeDir: string): Promise<LocalnetFacts>;
    readFaucet(homeDir: string): Promise<{ mnemonic: string }>;
  };
  const { withFileLock } = (await loadDevnet("file-lock.mjs")) as {
    withFileLock<Out>(options: { path: string }, work: () => Promise<Out>): Promise<Out>;
  };
  const facts = await readLocalnetFacts(homeDir);
  const { mnemonic } = await readFaucet(homeDir);
  const rpcUrl = `http://127.0.0.1:${facts.rpcPort}`;
  const restUrl = `http://127.0.0.1:${facts.restPort}`;
  return {
    facts,
    homeDir,
    faucetMnemonic: mnemonic,
    rpcUrl,
    restUrl,
    network: (change = {}) => ({
      networkId: "net_test",
      chainId: facts.chainId,
      rpcUrls: [rpcUrl],
      restUrls: [restUrl],
      bech32: bech32PrefixesOf(facts.accountPrefix),
      baseDenom: facts.baseDenom,
      gasPriceFloor: "0.025",
      reach: "own",
      ...change,
    }),
    withFaucetLock: (work) => withFileLock({ path: join(homeDir, "faucet.lock") }, work),
  };
}

/** Named by more than a process id: one comes back, in a new container at once, and a keeper that was killed has left its folder. */
export const folderOfRun = ({ pid, identity }: ProcessReference): string =>
  join(tmpdir(), `omniphi-test-localnet-${pid}-${identity.replaceAll(/\W+/g, "-")}`);

/** Making a folder succeeds for exactly one of many. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST") return false;
    throw thrown;
  }
}
