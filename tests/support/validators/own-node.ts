import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { freePort } from "../free-port";
import type { Localnet } from "../localnet";

const run = promisify(execFile);

/** A node that a person runs by hand: the product neither made nor started it. */
export type OwnNode = {
  readonly posdPath: string;
  readonly home: string;
  readonly rpcUrl: string;
  /** What `posd comet show-validator` says, raw base64. */
  readonly consensusPubkey: string;
  height(): Promise<{ height: number; catchingUp: boolean }>;
  stop(): Promise<void>;
};

/** The commands of a newcomer's guide: init, the network's genesis, a peer, start. */
export async function startOwnNode(localnet: Localnet): Promise<OwnNode> {
  const { buildPosd } = (await import(pathToFileURL(join(process.cwd(), "devnet", "build.mjs")).href)) as {
    buildPosd(options: { version: "v1" }): Promise<{ path: string }>;
  };
  const { path: posdPath } = await buildPosd({ version: "v1" });
  const folder = mkdtempSync(join(tmpdir(), "omniphi-own-node-"));
  const home = join(folder, "home");
  // posd without a HOME would leave its own folder in the working directory.
  const env = { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", HOME: folder };
  const { chainId, genesisPath, nodeId, p2pPort, minGasPrices } = localnet.facts;
  await run(posdPath, ["init", "by-hand", "--chain-id", chainId, "--home", home], { env });
  copyFileSync(genesisPath, join(home, "config", "genesis.json"));
  const configPath = join(home, "config", "config.toml");
  const config = readFileSync(configPath, "utf8")
    .replace(/^addr_book_strict = .*$/m, "addr_book_strict = false")
    .replace(/^allow_duplicate_ip = .*$/m, "allow_duplicate_ip = true")
    .replace(/^pprof_laddr = .*$/m, 'pprof_laddr = ""');
  writeFileSync(configPath, config);
  const [p2p, rpc] = [await freePort(), await freePort()];
  const rpcUrl = `http://127.0.0.1:${rpc}`;
  const child: ChildProcess = spawn(
    posdPath,
    [
      "start",
      "--home",
      home,
      "--minimum-gas-prices",
      minGasPrices,
      "--p2p.laddr",
      `tcp://127.0.0.1:${p2p}`,
      "--rpc.laddr",
      `tcp://127.0.0.1:${rpc}`,
      "--p2p.persistent_peers",
      `${nodeId}@127.0.0.1:${p2pPort}`,
      "--grpc.enable=false",
      "--api.enable=false",
    ],
    { env, stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { stdout } = await run(posdPath, ["comet", "show-validator", "--home", home], { env });
  return {
    posdPath,
    home,
    rpcUrl,
    consensusPubkey: (JSON.parse(stdout) as { key: string }).key,
    height: async () => {
      const response = await fetch(`${rpcUrl}/status`).catch(() => null);
      // It has not opened its RPC yet.
      if (response === null) return { height: 0, catchingUp: true };
      const { result } = (await response.json()) as {
        result: { sync_info: { latest_block_height: string; catching_up: boolean } };
      };
      return { height: Number(result.sync_info.latest_block_height), catchingUp: result.sync_info.catching_up };
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
