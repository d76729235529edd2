// The settings that a local chain's genesis node runs with.

import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { consensusTimeouts } from "./localnet-params.mjs";
import { editToml } from "./toml-edit.mjs";

/** Ports of a node that was asked for none: CometBFT's and the SDK's own. */
export const DEFAULT_LOCALNET_PORTS = Object.freeze({ p2p: 26656, rpc: 26657, rest: 1317, grpc: 9090 });

/** @typedef {{ p2p: number, rpc: number, rest: number, grpc: number, abci?: number, pprof?: number, prometheus?: number }} LocalnetPorts */

export async function configureNode({ home, chainId, ports, p2pHost, params, minGasPrices, blockTimeMs }) {
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
    "": { "minimum-gas-prices": minGasPrices },
    api: { enable: true, swagger: false, "enabled-unsafe-cors": false },
    grpc: { enable: true },
    "grpc-web": { enable: false },
    "state-sync": { "snapshot-interval": params.snapshotIntervalBlocks, "snapshot-keep-recent": 2 },
  });
  await editConfig(join(home, "config", "client.toml"), { "": { "chain-id": chainId, "keyring-backend": "test" } });
  await configurePorts(home, ports, p2pHost);
}

/** Only p2p may leave the loopback interface: nodes in containers reach it, and nothing else is theirs to reach. */
export async function configurePorts(home, ports, p2pHost) {
  await editConfig(join(home, "config", "config.toml"), {
    "": ports.abci === undefined ? {} : { proxy_app: `tcp://127.0.0.1:${ports.abci}` },
    rpc: {
      laddr: `tcp://127.0.0.1:${ports.rpc}`,
      pprof_laddr: ports.pprof === undefined ? "" : `127.0.0.1:${ports.pprof}`,
    },
    p2p: { laddr: `tcp://${p2pHost}:${ports.p2p}` },
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
