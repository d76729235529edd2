import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BinaryStore } from "@/server/ports/binary-store";
import type { Ports } from "@/server/ports/ports";
import { createFakeNodeHost } from "../fakes/node-host";
import { fakeNodeHostControl } from "../fakes/node-host-control";
import { createFakeChains, writeFakeChain } from "./fake-chains";

const CHAIN_ID = "omniphi-localnet-1";

/** Where the fakes of one folder keep what they know; any process that is given the folder sees the same hosts and chain. */
const filesOf = (dir: string) => ({
  chain: join(dir, "chain.json"),
  process: join(dir, "process-host", "state.json"),
  docker: join(dir, "docker-host", "state.json"),
  binary: join(dir, "posd"),
  genesis: join(dir, "genesis.json"),
});

/** Makes the folder's content: two hosts with nothing on them, files to pin, and a chain that makes blocks where somebody is to follow it. */
export function createFakeSetup(dir: string, chain: { isMoving: boolean } = { isMoving: false }): void {
  const files = filesOf(dir);
  for (const host of ["process-host", "docker-host"]) mkdirSync(join(dir, host), { recursive: true });
  writeFileSync(files.binary, "a binary");
  writeFileSync(files.genesis, JSON.stringify({ chain_id: CHAIN_ID }));
  if (chain.isMoving) writeFakeChain(files.chain, { movingSinceMs: Date.now() });
}

/** The ports that provisioning and node operations use, as fakes over that folder. */
export function fakeSetupPorts(dir: string): Pick<Ports, "nodeHosts" | "chains" | "binaries"> {
  const files = filesOf(dir);
  if (!existsSync(files.genesis)) createFakeSetup(dir);
  const pinned = (path: string) => ({
    path,
    sha256: createHash("sha256").update(readFileSync(path)).digest("hex"),
  });
  const binaries: BinaryStore = {
    resolve: async () => ({
      binary: { ...pinned(files.binary), version: "v1" },
      genesis: pinned(files.genesis),
    }),
    inspect: async ({ kind }) => {
      const { sha256 } = pinned(kind === "program" ? files.binary : files.genesis);
      return { sha256, sizeBytes: 1, genesisChainId: kind === "genesis" ? CHAIN_ID : null };
    },
  };
  return {
    nodeHosts: {
      process: createFakeNodeHost({ stateFile: files.process, kind: "process" }),
      docker: createFakeNodeHost({ stateFile: files.docker, kind: "docker" }),
    },
    chains: createFakeChains({ chainFile: files.chain, hostFiles: [files.process, files.docker] }),
    binaries,
  };
}

/** The test's side of the same folder. */
export function fakeSetupControl(dir: string) {
  const files = filesOf(dir);
  return {
    chainFile: files.chain,
    process: fakeNodeHostControl(files.process),
    docker: fakeNodeHostControl(files.docker),
  };
}
