import { z } from "zod";
import type { nodeFactsOf } from "@/server/domains/chain";
import { isAppError, upstreamUnavailable } from "@/server/kernel/errors";
import { defineEffect } from "@/server/kernel/verbs";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import type { Runtime } from "../constants";
import { RUNTIME_UNAVAILABLE } from "../errors";
import { chooseRuntime, type RuntimeAvailability } from "./placement";
import { RuntimesAnswer } from "./schemas";
import { trustedBlock } from "./trusted-block";

const PING_DEADLINE_MS = 2_000;

/** What a person who chooses a runtime is told of a host that does not answer; its nodes are not what they ask about. */
const SILENT: Record<Runtime, string> = {
  docker: "Docker does not answer.",
  process: "The host of processes does not answer.",
};

/** Asks both runtimes whether they take work; a silent one is unavailable with its reason. */
async function probe(ports: Ports): Promise<RuntimeAvailability> {
  const ask = async (runtime: Runtime) => {
    try {
      await ports.nodeHosts[runtime].ping({ deadlineMs: PING_DEADLINE_MS });
      return { isAvailable: true, reason: null };
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const isSilent = thrown.kind === "upstream_unavailable" || thrown.kind === "timeout";
      return { isAvailable: false, reason: isSilent ? SILENT[runtime] : thrown.message };
    }
  };
  const [process, docker] = await Promise.all([ask("process"), ask("docker")]);
  return { process, docker };
}

/** Whether each runtime of this installation takes work now. */
export const probeRuntimes = defineEffect<Ports>()({
  verb: "validators.probe-runtimes",
  scope: "validators:read",
  because: "says which kinds of host answer, and nothing of what runs there",
  tenancy: "platform",
  input: z.strictObject({}),
  output: RuntimesAnswer,
  run: (ctx) => probe(ctx.ports),
});

/** What placement decided and which pinned files the node will run on. */
export type Placement = Awaited<ReturnType<typeof chooseHost>>;

/**
 * Chooses the runtime and resolves the pinned binary and genesis of the network.
 * @throws upstream_unavailable runtime_unavailable, binaries.not_ready, binaries.not_configured, upstream_rejected binaries.checksum_mismatch
 */
export async function chooseHost(
  ports: Ports,
  requested: Runtime | null,
  network: ChainNetwork,
  facts: Awaited<ReturnType<typeof nodeFactsOf>>,
) {
  const choice = chooseRuntime(requested, await probe(ports));
  if ("refusal" in choice) {
    const message = `No host can take the node now: ${choice.refusal} Start it, then try again.`;
    throw upstreamUnavailable(RUNTIME_UNAVAILABLE, message, { details: { requested } });
  }
  const files = await ports.binaries.resolve(facts.files, choice.runtime);
  const chain = ports.chains.forNetwork(network);
  const gas = await chain.gasFacts();
  return {
    runtime: choice.runtime,
    binaryPath: files.binary.path,
    binarySha256: files.binary.sha256,
    binaryVersion: files.binary.version,
    genesisPath: files.genesis.path,
    genesisSha256: files.genesis.sha256,
    persistentPeers: facts.persistentPeers,
    seeds: facts.seeds,
    stateSync: await trustedBlock(chain, facts.stateSyncRpcUrls),
    consensusTimeouts: facts.consensusTimeouts,
    minimumGasPrices: `${gas.minimumGasPrice}${network.baseDenom}`,
  };
}
