// Makes and runs a local chain with one genesis validator, from nothing but a posd binary. This file is the whole
// surface of that, and its command line.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { LocalnetError } from "./localnet-error.mjs";
import { findFacts, readLocalnetFacts } from "./localnet-facts.mjs";
import { initLocalnet } from "./localnet-init.mjs";
import { startLocalnet } from "./localnet-process.mjs";

export { DEFAULT_LOCALNET_PORTS } from "./localnet-config.mjs";
export { LocalnetError } from "./localnet-error.mjs";
export { readFaucet, readLocalnetFacts } from "./localnet-facts.mjs";
export { initLocalnet } from "./localnet-init.mjs";
export { consensusTimeouts, DEFAULT_LOCALNET_PARAMS } from "./localnet-params.mjs";
export { startLocalnet } from "./localnet-process.mjs";

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
