// Makes and runs a local chain with one genesis validator, from nothing but a posd binary.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { access, chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isProcessAlive, processStartTicks } from "./file-lock.mjs";
import { applyGenesisParams, consensusTimeouts, resolveLocalnetParams } from "./localnet-params.mjs";
import { editToml } from "./toml-edit.mjs";

export { consensusTimeouts, DEFAULT_LOCALNET_PARAMS } from "./localnet-params.mjs";

/** Ports of a node that was asked for none: CometBFT's and the SDK's own. */
export const DEFAULT_LOCALNET_PORTS = Object.freeze({ p2p: 26656, rpc: 26657, rest: 1317, grpc: 9090 });

const KEYRING = ["--keyring-backend", "test"];
const VALIDATOR_KEY = "validator";
const FAUCET_KEY = "faucet";
/** A log larger than this is put aside, once, when the node starts. */
const LOG_ROTATE_BYTES = 16 * 1024 * 1024;
const LOG_TAIL_LINES = 15;

/** @typedef {{ p2p: number, rpc: number, rest: number, grpc: number, abci?: number, pprof?: number, prometheus?: number }} LocalnetPorts */

/**
 * What others need to know of a local chain; kept as `<homeDir>/localnet.json`.
 *
 * @typedef {{
 *   chainId: string, genesisPath: string, genesisSha256: string, nodeId: string, moniker: string,
 *   p2pPort: number, rpcPort: number, restPort: number, grpcPort: number,
 *   blockTimeMs: number, minGasPrices: string,
 *   faucetAddress: string, validatorAddress: string, validatorOperatorAddress: string,
 *   posdPath: string, posdSha256: string,
 * }} LocalnetFacts
 */

/**
 * A running node. `stop` asks it to end and, after `graceMs` (10 s), kills it; `exited` settles when it is gone, with
 * null for both where the process was adopted.
 *
 * @typedef {{
 *   pid: number, isAdopted: boolean, logPath: string, facts: LocalnetFacts,
 *   child: import("node:child_process").ChildProcess | null,
 *   exited: Promise<{ code: number | null, signal: NodeJS.Signals | null }>,
 *   waitReady: (options?: { timeoutMs?: number, signal?: AbortSignal }) => Promise<{ heightBlocks: number }>,
 *   stop: (options?: { graceMs?: number }) => Promise<void>,
 * }} LocalnetHandle
 */

/** A local chain that cannot be made or started, with a sentence for the person who asked for it. */
export class LocalnetError extends Error {
  /**
   * @param {"posd_failed" | "port_in_use" | "home_not_empty" | "not_initialised" | "differs" | "exited" | "timeout"} code
   * @param {string} message
   * @param {Record<string, string | number>} [details]
   */
  constructor(code, message, details = {}) {
    super(message);
    this.name = "LocalnetError";
    this.code = code;
    this.details = details;
  }
}

/**
 * Makes the chain's home: keys, genesis and configuration. When it is there already its facts are returned, after
 * taking over ports or a binary that changed; the genesis never changes. Half-made homes cannot be seen: everything is
 * made beside and moved into place at the end.
 *
 * @param {{
 *   posdPath: string, homeDir: string, chainId?: string, blockTimeMs?: number, ports?: Partial<LocalnetPorts>,
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
  faucetMnemonic,
  params,
  onLine = () => {},
  signal,
}) {
  const home = resolve(homeDir);
  const existing = await findFacts(home);
  if (existing) return refreshLocalnet({ home, facts: existing, posdPath, chainId, ports, onLine });
  await assertEmpty(home);

  const resolvedParams = resolveLocalnetParams(params);
  const draftHome = join(dirname(home), `.${basename(home)}.draft-${process.pid}-${Date.now()}`);
  await mkdir(draftHome, { recursive: true, mode: 0o700 });
  try {
    const posd = (args, input) => runPosd(resolve(posdPath), [...args, "--home", draftHome], { input, signal });
    onLine(`localnet: making ${chainId}`);
    await posd(["init", resolvedParams.validatorMoniker, "--chain-id", chainId]);
    const validator = await addKey(posd, VALIDATOR_KEY);
    const faucet = await addKey(posd, FAUCET_KEY, faucetMnemonic);
    await writeFile(
      join(draftHome, "faucet.json"),
      `${JSON.stringify({ address: faucet.address, mnemonic: faucet.mnemonic }, null, 2)}\n`,
      { mode: 0o600 },
    );

    await makeGenesis({ posd, draftHome, chainId, validator, faucet, params: resolvedParams, blockTimeMs });
    const allPorts = { ...DEFAULT_LOCALNET_PORTS, ...ports };
    await configureNode({ home: draftHome, chainId, ports: allPorts, params: resolvedParams, blockTimeMs });

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
      p2pPort: allPorts.p2p,
      rpcPort: allPorts.rpc,
      restPort: allPorts.rest,
      grpcPort: allPorts.grpc,
      blockTimeMs,
      minGasPrices: resolvedParams.minGasPrices,
      faucetAddress: faucet.address,
      validatorAddress: validator.address,
      validatorOperatorAddress: operator,
      posdPath: resolve(posdPath),
      posdSha256: await fileSha256(posdPath),
    };
    await writeFacts(draftHome, facts);
    await moveIntoPlace(draftHome, home);
    onLine(`localnet: made ${chainId} in ${home}`);
    return readLocalnetFacts(home);
  } finally {
    await rm(draftHome, { recursive: true, force: true });
  }
}

/**
 * The facts that initLocalnet left.
 *
 * @param {string} homeDir
 * @returns {Promise<LocalnetFacts>}
 * @throws {LocalnetError} not_initialised
 */
export async function readLocalnetFacts(homeDir) {
  const facts = await findFacts(resolve(homeDir));
  if (facts) return facts;
  throw new LocalnetError("not_initialised", `There is no local chain in ${resolve(homeDir)}; run initLocalnet first.`);
}

/**
 * The faucet's account. Its mnemonic is a secret of this machine: never log it or hand it to a browser.
 *
 * @param {string} homeDir
 * @returns {Promise<{ address: string, mnemonic: string }>}
 */
export async function readFaucet(homeDir) {
  return JSON.parse(await readFile(join(resolve(homeDir), "faucet.json"), "utf8"));
}

/**
 * Starts the genesis node. Its log goes to a file by descriptor and not through a pipe, so that the node outlives a
 * caller that is killed; a node of this home that still runs is adopted instead of started twice.
 *
 * @param {{ homeDir: string, posdPath?: string, logLevel?: string, isDetached?: boolean, onLine?: (line: string) => void }} options
 *   `posdPath` is the one of the facts by default; `isDetached` keeps a terminal's Ctrl-C from reaching the node
 * @returns {Promise<LocalnetHandle>}
 * @throws {LocalnetError} not_initialised, port_in_use, posd_failed
 */
export async function startLocalnet({ homeDir, posdPath, logLevel = "info", isDetached = false, onLine = () => {} }) {
  const home = resolve(homeDir);
  const facts = await readLocalnetFacts(home);
  const logPath = join(home, "posd.log");
  const pidPath = join(home, "posd.pid");

  const running = await readRunning(pidPath);
  if (running) {
    onLine(`localnet: ${facts.chainId} is running already (process ${running.pid})`);
    return handleOf({ running, child: null, exited: waitForExit(running), logPath, facts });
  }
  await assertPortsFree({
    p2p: ["0.0.0.0", facts.p2pPort],
    rpc: ["127.0.0.1", facts.rpcPort],
    rest: ["127.0.0.1", facts.restPort],
    grpc: ["127.0.0.1", facts.grpcPort],
  });

  await rotateLog(logPath);
  const logFd = openSync(logPath, "a", 0o600);
  const binary = resolve(posdPath ?? facts.posdPath);
  const child = spawn(binary, ["start", "--home", home, "--log_level", logLevel, "--log_no_color"], {
    cwd: home,
    env: posdEnvironment(),
    stdio: ["ignore", logFd, logFd],
    detached: isDetached,
  });
  closeSync(logFd);
  const exited = new Promise((done) => child.once("close", (code, signal) => done({ code, signal })));
  try {
    await new Promise((done, fail) => child.once("spawn", done).once("error", fail));
  } catch (error) {
    throw new LocalnetError("posd_failed", `${binary} could not be started: ${/** @type {Error} */ (error).message}`);
  }
  const started = {
    pid: /** @type {number} */ (child.pid),
    startTicks: processStartTicks(/** @type {number} */ (child.pid)),
  };
  await writeFile(pidPath, JSON.stringify(started), { mode: 0o600 });
  onLine(`localnet: started ${facts.chainId} (process ${started.pid})`);
  return handleOf({ running: started, child, exited, logPath, facts });
}

/** @returns {LocalnetHandle} */
function handleOf({ running, child, exited, logPath, facts }) {
  return {
    pid: running.pid,
    isAdopted: child === null,
    logPath,
    facts,
    child,
    exited,
    waitReady: (options) => waitReady({ facts, exited, logPath, ...options }),
    stop: ({ graceMs = 10_000 } = {}) => stopProcess({ running, exited, graceMs }),
  };
}

async function makeGenesis({ posd, draftHome, chainId, validator, faucet, params, blockTimeMs }) {
  const denom = "omniphi";
  const genesisPath = join(draftHome, "config", "genesis.json");
  const genesis = JSON.parse(await readFile(genesisPath, "utf8"));
  applyGenesisParams(genesis, params, blockTimeMs);
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

async function configureNode({ home, chainId, ports, params, blockTimeMs }) {
  const timeouts = consensusTimeouts(blockTimeMs);
  await editConfig(join(home, "config", "config.toml"), {
    rpc: { cors_allowed_origins: [] },
    p2p: {
      // Nodes of one machine share an address, often a private one; the public network's rules would refuse them.
      addr_book_strict: false,
      allow_duplicate_ip: true,
      pex: true,
      persistent_peers: "", // collect-gentxs may have written this very node
      max_num_inbound_peers: 120,
    },
    consensus: {
      timeout_propose: `${timeouts.proposeMs}ms`,
      timeout_propose_delta: `${timeouts.proposeDeltaMs}ms`,
      timeout_prevote: `${timeouts.voteMs}ms`,
      timeout_prevote_delta: `${timeouts.voteDeltaMs}ms`,
      timeout_precommit: `${timeouts.voteMs}ms`,
      timeout_precommit_delta: `${timeouts.voteDeltaMs}ms`,
      timeout_commit: `${timeouts.commitMs}ms`,
      // Other validators use 10. This one signed the last block by necessity, since no block is made without it, so
      // any look back would forbid every restart (CometBFT 0.38 consensus/state.go, checkDoubleSigningRisk).
      double_sign_check_height: 0,
    },
    // Transactions are looked up here; validators that only sign set "null".
    tx_index: { indexer: "kv" },
    instrumentation: { namespace: "cometbft" },
  });
  await editConfig(join(home, "config", "app.toml"), {
    "": { "minimum-gas-prices": params.minGasPrices },
    api: { enable: true, swagger: false, "enabled-unsafe-cors": false },
    grpc: { enable: true },
    "grpc-web": { enable: false },
    "state-sync": { "snapshot-interval": params.snapshotIntervalBlocks, "snapshot-keep-recent": 2 },
  });
  await editConfig(join(home, "config", "client.toml"), { "": { "chain-id": chainId, "keyring-backend": "test" } });
  await configurePorts(home, ports);
}

/** Only p2p leaves the loopback interface: nodes in containers reach it, and nothing else is theirs to reach. */
async function configurePorts(home, ports) {
  await editConfig(join(home, "config", "config.toml"), {
    "": ports.abci === undefined ? {} : { proxy_app: `tcp://127.0.0.1:${ports.abci}` },
    rpc: {
      laddr: `tcp://127.0.0.1:${ports.rpc}`,
      pprof_laddr: ports.pprof === undefined ? "" : `127.0.0.1:${ports.pprof}`,
    },
    p2p: { laddr: `tcp://0.0.0.0:${ports.p2p}` },
    instrumentation:
      ports.prometheus === undefined
        ? { prometheus: false }
        : { prometheus: true, prometheus_listen_addr: `127.0.0.1:${ports.prometheus}` },
  });
  await editConfig(join(home, "config", "app.toml"), {
    api: { address: `tcp://127.0.0.1:${ports.rest}` },
    grpc: { address: `127.0.0.1:${ports.grpc}` },
  });
  await editConfig(join(home, "config", "client.toml"), { "": { node: `tcp://127.0.0.1:${ports.rpc}` } });
}

async function editConfig(path, edits) {
  const draftPath = `${path}.draft`;
  await writeFile(draftPath, editToml(await readFile(path, "utf8"), edits), { mode: 0o600 });
  await rename(draftPath, path);
}

/** Takes over what may change between two starts of the same chain. */
async function refreshLocalnet({ home, facts, posdPath, chainId, ports, onLine }) {
  if (facts.chainId !== chainId) {
    throw new LocalnetError(
      "differs",
      `${home} holds the chain ${facts.chainId}, not ${chainId}. Use another folder or remove it.`,
    );
  }
  const wanted = { p2p: facts.p2pPort, rpc: facts.rpcPort, rest: facts.restPort, grpc: facts.grpcPort, ...ports };
  const next = {
    ...facts,
    genesisPath: join(home, "genesis.json"),
    p2pPort: wanted.p2p,
    rpcPort: wanted.rpc,
    restPort: wanted.rest,
    grpcPort: wanted.grpc,
    posdPath: resolve(posdPath),
    posdSha256: await fileSha256(posdPath),
  };
  if (JSON.stringify(next) === JSON.stringify(facts)) return facts;
  if (await readRunning(join(home, "posd.pid"))) return facts; // a running node keeps what it was started with
  await configurePorts(home, wanted);
  await writeFacts(home, next);
  onLine(`localnet: ${facts.chainId} now uses ${next.posdPath} and port ${next.p2pPort} for peers`);
  return next;
}

async function findFacts(home) {
  try {
    return JSON.parse(await readFile(join(home, "localnet.json"), "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return null;
    throw error;
  }
}

async function writeFacts(home, facts) {
  const draftPath = join(home, `.localnet.json.${process.pid}`);
  await writeFile(draftPath, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  await rename(draftPath, join(home, "localnet.json"));
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

/** The SDK reads settings from POSD_ variables, so one that is set for another purpose would change the node. */
function posdEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("POSD_")));
}

/**
 * @param {string} posdPath
 * @param {readonly string[]} args
 * @param {{ input?: string, signal?: AbortSignal }} options
 * @returns {Promise<string>} what it printed
 */
function runPosd(posdPath, args, { input, signal }) {
  return new Promise((done, fail) => {
    const child = spawn(posdPath, args, { env: posdEnvironment(), stdio: ["pipe", "pipe", "pipe"], signal });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) return done(stdout);
      const command = args.slice(0, 2).join(" ");
      fail(
        new LocalnetError("posd_failed", `posd ${command} failed with status ${code}: ${stderr.trim().slice(-2_000)}`),
      );
    });
    child.stdin.on("error", () => {}); // a command that needs no input may close it before we do
    child.stdin.end(input ?? "");
  });
}

async function fileSha256(path) {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

async function rotateLog(logPath) {
  const size = await stat(logPath).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_ROTATE_BYTES) await rename(logPath, `${logPath}.1`);
}

/** @returns {Promise<{ pid: number, startTicks: string | null } | null>} the node of this home, if it still runs */
async function readRunning(pidPath) {
  try {
    const record = JSON.parse(await readFile(pidPath, "utf8"));
    return isProcessAlive(record) ? record : null;
  } catch {
    return null;
  }
}

async function assertPortsFree(listeners) {
  for (const [name, [host, port]] of Object.entries(listeners)) {
    const failure = await new Promise((done) => {
      const server = createServer();
      server.once("error", (error) => done(error));
      server.listen({ host, port, exclusive: true }, () => server.close(() => done(null)));
    });
    if (failure) {
      throw new LocalnetError(
        "port_in_use",
        `The local chain cannot listen on ${host}:${port} (${name}): ${failure.code === "EADDRINUSE" ? "another program uses it" : failure.message}. Stop that program or choose another ${name} port.`,
        { name, port },
      );
    }
  }
}

async function waitForExit(running) {
  while (isProcessAlive(running)) await sleep(250, undefined, { ref: false });
  return { code: null, signal: null };
}

async function stopProcess({ running, exited, graceMs }) {
  const end = (signal) => {
    if (isProcessAlive(running)) process.kill(running.pid, signal);
  };
  end("SIGTERM");
  const isGone = await Promise.race([exited.then(() => true), sleep(graceMs, false)]);
  if (!isGone) {
    end("SIGKILL");
    await exited;
  }
}

/** Ready is: the RPC reports our chain id and a block, and the REST gateway answers. */
async function waitReady({ facts, exited, logPath, timeoutMs = 60_000, signal }) {
  const deadlineMs = Date.now() + timeoutMs;
  let ending = null;
  exited.then((result) => {
    ending = result;
  });
  let lastProblem = "no answer yet";
  while (Date.now() < deadlineMs) {
    signal?.throwIfAborted();
    if (ending) {
      throw new LocalnetError(
        "exited",
        `The local chain ended before it was ready. Its last words:\n${await logTail(logPath)}`,
      );
    }
    try {
      const status = await getJson(`http://127.0.0.1:${facts.rpcPort}/status`);
      const chainId = status.result.node_info.network;
      const heightBlocks = Number(status.result.sync_info.latest_block_height);
      if (chainId !== facts.chainId) {
        throw new LocalnetError(
          "differs",
          `Port ${facts.rpcPort} answers for the chain ${chainId}, not ${facts.chainId}.`,
        );
      }
      await getJson(`http://127.0.0.1:${facts.restPort}/cosmos/base/tendermint/v1beta1/node_info`);
      if (heightBlocks >= 1) return { heightBlocks };
      lastProblem = "no block yet";
    } catch (error) {
      if (error instanceof LocalnetError) throw error;
      lastProblem = /** @type {Error} */ (error).message;
    }
    await sleep(200, undefined, { signal });
  }
  throw new LocalnetError(
    "timeout",
    `The local chain was not ready after ${timeoutMs} ms (${lastProblem}). Its last words:\n${await logTail(logPath)}`,
  );
}

async function getJson(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

async function logTail(logPath) {
  const text = await readFile(logPath, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-LOG_TAIL_LINES).join("\n");
}

const USAGE = `usage: node devnet/localnet.mjs <init | start | facts> --home <folder> [--posd <binary>]
  init    makes the chain and prints its facts
  start   makes it if needed and runs it until Ctrl-C
  facts   prints the facts of a chain that was made
options: --chain-id <id> --block-time-ms <n> --p2p <port> --rpc <port> --rest <port> --grpc <port>
         --params <JSON object, see localnet-params.mjs>`;

async function main() {
  const text = { type: /** @type {const} */ ("string") };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ home: text, posd: text, params: text, p2p: text, rpc: text, rest: text, grpc: text },
      ...{ "chain-id": text, "block-time-ms": text },
    },
  });
  const command = positionals[0];
  if (!["init", "start", "facts"].includes(command) || !values.home) throw new LocalnetError("not_initialised", USAGE);
  const homeDir = values.home;
  if (command === "facts") return console.log(JSON.stringify(await readLocalnetFacts(homeDir)));

  const onLine = (line) => console.log(line);
  const posdPath = values.posd ?? (await findFacts(resolve(homeDir)))?.posdPath;
  if (!posdPath) throw new LocalnetError("not_initialised", USAGE);
  await access(posdPath);
  const named = { p2p: values.p2p, rpc: values.rpc, rest: values.rest, grpc: values.grpc };
  const ports = Object.fromEntries(
    Object.entries(named).flatMap(([name, port]) => (port === undefined ? [] : [[name, Number(port)]])),
  );
  const facts = await initLocalnet({
    posdPath,
    homeDir,
    ports,
    onLine,
    ...(values["chain-id"] && { chainId: values["chain-id"] }),
    ...(values["block-time-ms"] && { blockTimeMs: Number(values["block-time-ms"]) }),
    ...(values.params && { params: JSON.parse(values.params) }),
  });
  if (command === "init") return console.log(JSON.stringify(facts));

  const node = await startLocalnet({ homeDir, onLine });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => void node.stop());
  const { heightBlocks } = await node.waitReady();
  onLine(`localnet: ready at height ${heightBlocks}`);
  onLine(JSON.stringify(facts));
  const { code } = await node.exited;
  process.exitCode = code ?? 0;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error instanceof LocalnetError ? error.message : error);
    process.exitCode = 1;
  });
}
