import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GUIDES } from "@/app/docs/guides";
import { MANUAL_PREFIX } from "@/app/docs/manual-way";
import { eventually } from "@/tests/support/eventually";
import { freePort } from "@/tests/support/free-port";
import { type Localnet, sharedLocalnet } from "@/tests/support/localnet";

const run = promisify(execFile);
const STAKE = "5000000";

/** The blocks of the guide as they are read there; nothing of them is written here again. */
const blocks = GUIDES.flatMap(({ sections }) => sections).flatMap(({ id, code }) =>
  code !== undefined && id.startsWith(MANUAL_PREFIX) ? [{ id, code }] : [],
);

let localnet: Localnet;
let folder: string;
let nodeHome: string;
beforeAll(async () => {
  localnet = await sharedLocalnet();
  folder = mkdtempSync(join(tmpdir(), "omniphi-guide-"));
  nodeHome = join(folder, "node");
});
afterAll(() => {
  const pidFile = join(folder, "node", "node.pid");
  if (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, "utf8"));
    if (Number.isInteger(pid) && pid > 1) process.kill(pid, "SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** What the page Join tells, as a newcomer sets it. */
async function settings(): Promise<NodeJS.ProcessEnv> {
  const { chainId, genesisPath, genesisSha256, nodeId, p2pPort, minGasPrices, baseDenom, posdSha256, posdPath } =
    localnet.facts;
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  if (!existsSync(join(bin, "posd"))) symlinkSync(posdPath, join(bin, "posd"));
  return {
    NODE_ENV: "test",
    PATH: `${bin}:${process.env.PATH ?? ""}`,
    HOME: folder,
    CHAIN_ID: chainId,
    GENESIS_URL: pathToFileURL(genesisPath).href,
    GENESIS_SHA256: genesisSha256,
    PEERS: `${nodeId}@127.0.0.1:${p2pPort}`,
    RPC: localnet.rpcUrl,
    DENOM: baseDenom,
    GAS_PRICES: minGasPrices,
    PROGRAM_SHA256: posdSha256,
    STAKE,
    MONIKER: "By the guide",
    NODE_HOME: nodeHome,
    KEYRING: "test",
    P2P_PORT: String(await freePort()),
    RPC_PORT: String(await freePort()),
  };
}

/** Runs blocks one after another in one shell, as somebody who copies them does. */
function inShell(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const file = join(folder, "typed.sh");
    writeFileSync(file, script);
    const child = spawn("bash", [file], { env, stdio: ["ignore", "pipe", "pipe"], cwd: folder });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
    child.once("exit", (code) =>
      code === 0 ? resolve(said) : reject(new Error(`exit ${code}:\n${said.slice(-4_000)}`)),
    );
  });
}

async function payFromFaucet(address: string): Promise<void> {
  const { posdPath, chainId, minGasPrices, baseDenom } = localnet.facts;
  const chain = ["--node", localnet.rpcUrl, "--home", localnet.homeDir, "--output", "json"];
  await localnet.withFaucetLock(async () => {
    const send = ["tx", "bank", "send", "faucet", address, `20000000${baseDenom}`, "--gas-prices", minGasPrices];
    await run(posdPath, [...send, "--keyring-backend", "test", "--chain-id", chainId, "--yes", ...chain]);
    await eventually("the coins are there", async () => {
      const { stdout } = await run(posdPath, ["query", "bank", "balances", address, ...chain]);
      return stdout.includes('"20000000"');
    });
  });
}

it("leads from an empty machine to a validator in the set, by the guide's own commands", async () => {
  expect(blocks.map(({ id }) => id)).toEqual(expect.arrayContaining(["manual-init", "manual-create", "manual-check"]));
  const env = await settings();
  const funded = blocks.findIndex(({ id }) => id === "manual-account") + 1;
  const code = (from: number, to?: number) =>
    blocks
      .slice(from, to)
      .map((block) => block.code)
      .join("\n");
  await inShell(code(0, funded), env);
  const show = ["keys", "show", "operator", "--keyring-backend", "test", "--home", nodeHome];
  const { stdout: address } = await run(localnet.facts.posdPath, [...show, "--address"]);
  await payFromFaucet(address.trim());

  // The first block sets what the others use; a new shell of the same person begins with it again.
  await inShell(`${code(0, 1)}\n${code(funded)}`, env);
  const { stdout: operator } = await run(localnet.facts.posdPath, [...show, "--bech", "val", "--address"]);
  const answer = await fetch(`${localnet.restUrl}/cosmos/staking/v1beta1/validators/${operator.trim()}`);
  const { validator } = (await answer.json()) as { validator: { status: string; tokens: string } };
  expect(validator).toMatchObject({ status: "BOND_STATUS_BONDED", tokens: STAKE });
}, 180_000);
