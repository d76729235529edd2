import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ConsensusTimeouts } from "@/lib/node-config/node-config";
import { dialableHost, formatPeer } from "@/lib/node-config/peers";
import { upstreamUnavailable } from "@/server/kernel/errors";
import type { BinaryStore } from "@/server/ports/binary-store";
import { readLocalnetFacts } from "./localnet-facts";

const run = promisify(execFile);
const VERSION_TIMEOUT_MS = 10_000;

/** The pace of the chain on this machine, by the rule that it was itself set up with (devnet/localnet-params.mjs; a test holds the two equal). */
export function consensusTimeoutsOf(blockTimeMs: number): ConsensusTimeouts {
  const stepMs = Math.max(500, Math.min(3_000, blockTimeMs));
  return {
    proposeMs: stepMs,
    proposeDeltaMs: Math.round(stepMs / 4),
    voteMs: Math.round(stepMs / 2),
    voteDeltaMs: Math.round(stepMs / 4),
    commitMs: blockTimeMs,
  };
}

/** Binary and genesis of the chain that runs on this machine; other networks have no release configured and say so. */
export function createLocalnetBinaryStore(options: { readonly localnetHome: string | undefined }): BinaryStore {
  const versions = new Map<string, string>();

  const versionOf = async (path: string, sha256: string): Promise<string> => {
    const known = versions.get(sha256);
    if (known !== undefined) return known;
    // cosmos-sdk prints the version on stderr, later releases on stdout.
    const { stdout, stderr } = await run(path, ["version"], {
      timeout: VERSION_TIMEOUT_MS,
      // Without --home the command leaves a `.pos` folder in HOME, or in the working directory when there is no HOME.
      env: { NODE_ENV: "production", HOME: join(tmpdir(), "omniphi-posd-home") },
    }).catch((cause: unknown) => {
      throw upstreamUnavailable(
        "binaries.not_ready",
        "The local chain's binary does not tell its version: it may be in the middle of being replaced. Try again in a moment.",
        { retryAfterSeconds: 10, cause },
      );
    });
    const version = (stdout || stderr).trim() || "unknown";
    versions.set(sha256, version);
    return version;
  };

  return {
    resolve: async (chainId) => {
      const facts = options.localnetHome === undefined ? undefined : await readLocalnetFacts(options.localnetHome);
      if (facts === undefined || facts.chainId !== chainId) {
        throw upstreamUnavailable(
          "binaries.not_configured",
          `No release of ${chainId} is configured in this installation, so no node can be made for it.`,
        );
      }
      return {
        binary: {
          path: facts.posdPath,
          sha256: facts.posdSha256,
          version: await versionOf(facts.posdPath, facts.posdSha256),
        },
        genesis: { path: facts.genesisPath, sha256: facts.genesisSha256 },
        consensusTimeouts: consensusTimeoutsOf(facts.blockTimeMs),
        persistentPeers: [formatPeer({ nodeId: facts.nodeId, host: dialableHost(facts.p2pHost), port: facts.p2pPort })],
      };
    },
  };
}
