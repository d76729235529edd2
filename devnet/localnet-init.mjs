// Makes a local chain: keys, genesis, configuration.

import { createHash } from "node:crypto";
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isProcessAlive, processStartTicks } from "./file-lock.mjs";
import { configureNode, configurePorts, DEFAULT_LOCALNET_PORTS } from "./localnet-config.mjs";
import { LocalnetError } from "./localnet-error.mjs";
import { findFacts, readFaucet, readLocalnetFacts, writeFacts } from "./localnet-facts.mjs";
import { coinTypeOf, identityOf, versionOf } from "./localnet-identity.mjs";
import { applyGenesisParams, consensusTimeouts, resolveLocalnetParams, setTreasury } from "./localnet-params.mjs";
import { findRunning } from "./localnet-process.mjs";
import { runPosd } from "./posd-command.mjs";

/** @typedef {import("./localnet-facts.mjs").LocalnetFacts} LocalnetFacts */
/** @typedef {import("./localnet-config.mjs").LocalnetPorts} LocalnetPorts */

const KEYRING = ["--keyring-backend", "test"];
const VALIDATOR_KEY = "validator";
const FAUCET_KEY = "faucet";
const LOOPBACK = "127.0.0.1";
/**
 * Makes the chain's home: keys, genesis and configuration. When it is there already its facts are returned, after
 * taking over ports or a binary that changed; the genesis never changes. Half-made homes cannot be seen: everything is
 * made beside and moved into place at the end.
 *
 * @param {{
 *   posdPath: string, homeDir: string, chainId?: string, blockTimeMs?: number, ports?: Partial<LocalnetPorts>, p2pHost?: string,
 *   faucetMnemonic?: string, params?: Partial<import("./localnet-params.mjs").LocalnetParams>,
 *   onLine?: (line: string) => void, signal?: AbortSignal,
 * }} options
 * @returns {Promise<LocalnetFacts>}
 * @throws {LocalnetError} posd_failed, home_not_empty, differs
 */
export async function initLocalnet({
  posdPath,
  homeDir,
  chainId = "omniphi-localnet-1",
  blockTimeMs = 1_000,
  ports = {},
  p2pHost,
  faucetMnemonic,
  params,
  onLine = () => {},
  signal,
}) {
  const home = resolve(homeDir);
  const existing = await findFacts(home);
  if (existing) return refreshLocalnet({ home, facts: existing, posdPath, chainId, ports, p2pHost, onLine });
  await assertEmpty(home);

  const resolvedParams = resolveLocalnetParams(params);
  await removeAbandonedDrafts(home);
  const draftHome = join(
    dirname(home),
    `${draftPrefix(home)}${process.pid}-${processStartTicks(process.pid)}-${Date.now()}`,
  );
  await mkdir(draftHome, { recursive: true, mode: 0o700 });
  try {
    const posd = (args, input) => runPosd(resolve(posdPath), [...args, "--home", draftHome], { input, signal });
    onLine(`localnet: making ${chainId}`);
    await posd(["init", resolvedParams.validatorMoniker, "--chain-id", chainId]);
    const genesisPath = join(draftHome, "config", "genesis.json");
    const validator = await addKey(posd, VALIDATOR_KEY);
    const faucet = await addKey(posd, FAUCET_KEY, faucetMnemonic);
    await writeFile(
      join(draftHome, "faucet.json"),
      `${JSON.stringify({ address: faucet.address, mnemonic: faucet.mnemonic }, null, 2)}\n`,
      { mode: 0o600 },
    );

    const identity = {
      ...identityOf(JSON.parse(await readFile(genesisPath, "utf8")), faucet.address),
      coinType: await coinTypeOf(posd, faucet),
    };
    const minGasPrices = `${resolvedParams.minGasPriceDec}${identity.baseDenom}`;
    await makeGenesis({
      posd,
      draftHome,
      genesisPath,
      chainId,
      validator,
      faucet,
      params: resolvedParams,
      identity,
      blockTimeMs,
    });
    const allPorts = { ...DEFAULT_LOCALNET_PORTS, ...ports };
    await configureNode({
      home: draftHome,
      chainId,
      ports: allPorts,
      p2pHost: p2pHost ?? LOOPBACK,
      params: resolvedParams,
      minGasPrices,
      blockTimeMs,
    });

    const nodeId = (await posd(["comet", "show-node-id"])).trim();
    const operator = (await posd(["keys", "show", VALIDATOR_KEY, "--bech", "val", "-a", ...KEYRING])).trim();
    const genesis = await readFile(join(draftHome, "config", "genesis.json"));
    /** @type {LocalnetFacts} */
    const facts = {
      chainId,
      genesisPath: join(home, "genesis.json"),
      genesisSha256: createHash("sha256").update(genesis).digest("hex"),
      nodeId,
      moniker: resolvedParams.validatorMoniker,
      p2pHost: p2pHost ?? LOOPBACK,
      p2pPort: allPorts.p2p,
      rpcPort: allPorts.rpc,
      restPort: allPorts.rest,
      grpcPort: allPorts.grpc,
      blockTimeMs,
      consensusTimeouts: consensusTimeouts(blockTimeMs),
      minGasPrices,
      ...identity,
      gasPriceDec: resolvedParams.minGasPriceDec,
      faucetAddress: faucet.address,
      validatorAddress: validator.address,
      validatorOperatorAddress: operator,
      posdPath: resolve(posdPath),
      posdSha256: await fileSha256(posdPath),
      posdVersion: await versionOf(posdPath, signal),
    };
    await writeFacts(draftHome, facts);
    await moveIntoPlace(draftHome, home);
    onLine(`localnet: made ${chainId} in ${home}`);
    return readLocalnetFacts(home);
  } finally {
    await rm(draftHome, { recursive: true, force: true });
  }
}

/** @param {string} home */
function draftPrefix(home) {
  return `.${basename(home)}.draft-`;
}

/** Removes what processes that were killed while making this home have left beside it. */
async function removeAbandonedDrafts(home) {
  const prefix = draftPrefix(home);
  const names = await readdir(dirname(home)).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(prefix))) {
    const [pid, startTicks] = name.slice(prefix.length).split("-");
    const maker = { pid: Number(pid), startTicks: startTicks === "null" ? null : startTicks };
    if (!isProcessAlive(maker)) await rm(join(dirname(home), name), { recursive: true, force: true });
  }
}

async function makeGenesis({
  posd,
  draftHome,
  genesisPath,
  chainId,
  validator,
  faucet,
  params,
  identity,
  blockTimeMs,
}) {
  const denom = identity.baseDenom;
  const genesis = JSON.parse(await readFile(genesisPath, "utf8"));
  applyGenesisParams(genesis, params, blockTimeMs);
  setTreasury(genesis, params.treasuryAddress || validator.address);
  await writeFile(genesisPath, JSON.stringify(genesis, null, 2));

  const validatorBaseUnits = BigInt(params.validatorStakeBaseUnits) + BigInt(params.validatorLiquidBaseUnits);
  await posd(["genesis", "add-genesis-account", validator.address, `${validatorBaseUnits}${denom}`]);
  await posd(["genesis", "add-genesis-account", faucet.address, `${params.faucetBaseUnits}${denom}`]);
  await posd([
    "genesis",
    "gentx",
    VALIDATOR_KEY,
    `${params.validatorStakeBaseUnits}${denom}`,
    ...KEYRING,
    ...["--chain-id", chainId, "--moniker", params.validatorMoniker],
    ...["--commission-rate", params.minCommissionDec, "--commission-max-rate", "0.20"],
    ...["--commission-max-change-rate", "0.01", "--min-self-delegation", "1000000"],
  ]);
  await posd(["genesis", "collect-gentxs"]);
  await posd(["genesis", "validate"]);
  await copyFile(genesisPath, join(draftHome, "genesis.json"));
  await chmod(join(draftHome, "genesis.json"), 0o644);
}

/** Takes over what may change between two starts of the same chain. */
async function refreshLocalnet({ home, facts, posdPath, chainId, ports, p2pHost, onLine }) {
  if (facts.chainId !== chainId) {
    throw new LocalnetError(
      "differs",
      `${home} holds the chain ${facts.chainId}, not ${chainId}. Use another folder or remove it.`,
    );
  }
  const wanted = { p2p: facts.p2pPort, rpc: facts.rpcPort, rest: facts.restPort, grpc: facts.grpcPort, ...ports };
  const posdSha256 = await fileSha256(posdPath);
  const described = await withIdentity({ home, facts, posdPath });
  const next = {
    ...described,
    genesisPath: join(home, "genesis.json"),
    p2pHost: p2pHost ?? facts.p2pHost ?? LOOPBACK,
    p2pPort: wanted.p2p,
    rpcPort: wanted.rpc,
    restPort: wanted.rest,
    grpcPort: wanted.grpc,
    posdPath: resolve(posdPath),
    posdSha256,
    posdVersion: posdSha256 === facts.posdSha256 ? described.posdVersion : await versionOf(posdPath),
  };
  if (JSON.stringify(next) === JSON.stringify(facts)) return facts;
  if (await findRunning(home)) {
    // A running node keeps what it was started with; what an earlier release did not say of it is said now.
    if (described !== facts) await writeFacts(home, described);
    return described;
  }
  await configurePorts(home, wanted, next.p2pHost);
  await writeFacts(home, next);
  onLine(`localnet: ${facts.chainId} now uses ${next.posdPath} and port ${next.p2pPort} for peers`);
  return next;
}

/** The facts with what a home of an earlier release does not say of its chain; the same ones where they say all of it. */
async function withIdentity({ home, facts, posdPath }) {
  if (facts.accountPrefix !== undefined) return facts;
  const genesis = JSON.parse(await readFile(join(home, "genesis.json"), "utf8"));
  const identity = identityOf(genesis, facts.faucetAddress);
  const posd = (args, input) => runPosd(resolve(posdPath), [...args, "--home", home], { input });
  return {
    ...facts,
    consensusTimeouts: consensusTimeouts(facts.blockTimeMs),
    ...identity,
    coinType: await coinTypeOf(posd, await readFaucet(home)),
    gasPriceDec: facts.minGasPrices.slice(0, -identity.baseDenom.length),
    posdVersion: await versionOf(facts.posdPath).catch(() => versionOf(posdPath)),
  };
}

async function assertEmpty(home) {
  let names;
  try {
    names = await readdir(home);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return;
    throw error;
  }
  if (names.length > 0) {
    throw new LocalnetError("home_not_empty", `${home} is not empty and is not a local chain; choose another folder.`);
  }
}

/** A rename only succeeds onto nothing or an empty folder, so of two that make the same home one wins and both use it. */
async function moveIntoPlace(draftHome, home) {
  try {
    await rename(draftHome, home);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? "")) throw error;
  }
}

async function addKey(posd, name, mnemonic) {
  const recover = mnemonic === undefined ? [] : ["--recover"];
  const output = await posd(
    ["keys", "add", name, "--output", "json", ...KEYRING, ...recover],
    mnemonic && `${mnemonic}\n`,
  );
  const key = JSON.parse(output);
  return { address: key.address, mnemonic: mnemonic ?? key.mnemonic };
}

async function fileSha256(path) {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
