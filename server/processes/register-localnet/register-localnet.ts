import { z } from "zod";
import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { decAtomics, decFromAtomics } from "@/lib/chain/dec";
import { dialableHost, formatPeer } from "@/lib/node-config/peers";
import { getNetwork, listNetworks, noteLocalnetHome, registerNetwork, resetRecords } from "@/server/domains/chain";
import type { Network } from "@/server/domains/chain/networks/schemas";
import { ConsensusTimeoutsInput } from "@/server/domains/chain/networks/schemas";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";

const Port = z.number().int().min(1).max(65_535);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Dec = z.string().regex(/^\d+(\.\d+)?$/);

/** What the local chain's maker leaves in `localnet.json` (devnet/localnet.mjs), as far as the network's row needs it. */
export const LocalnetFacts = z.object({
  chainId: z.string().min(1),
  displayName: z.string().min(1),
  accountPrefix: z.string().min(1),
  coinType: z.number().int().min(0),
  baseDenom: z.string().min(1),
  displayDenom: z.string().min(1),
  denomExponent: z.number().int().min(0),
  gasPriceDec: Dec,
  consensusTimeouts: ConsensusTimeoutsInput,
  genesisPath: z.string().min(1),
  genesisSha256: Sha256,
  posdPath: z.string().min(1),
  posdSha256: Sha256,
  posdVersion: z.string().min(1),
  nodeId: z.string().regex(/^[0-9a-f]{40}$/),
  /** Where it listens for peers: loopback, or the address at which containers reach this machine. */
  p2pHost: z.ipv4().default("127.0.0.1"),
  p2pPort: Port,
  rpcPort: Port,
  restPort: Port,
});
export type LocalnetFacts = z.infer<typeof LocalnetFacts>;

/**
 * Makes the local chain's row say what is true now; doing it again changes nothing. A chain that was made anew under the same id has another
 * genesis: what was recorded of the old one is thrown away first, since its blocks are not this chain's.
 */
export async function registerLocalnet(ctx: ServiceCtx<Ports>, facts: LocalnetFacts, home: string): Promise<Network> {
  const known = await knownNetwork(ctx, facts.chainId);
  if (known?.genesisSha256 != null && known.genesisSha256 !== facts.genesisSha256) {
    await resetRecords(ctx, { networkId: known.id, reason: "The local chain was made anew with another genesis." });
  }
  const network = await registerNetwork(ctx, {
    chainId: facts.chainId,
    kind: "localnet",
    displayName: facts.displayName,
    status: "active",
    // The first network of an installation is what a newcomer is offered; a later one waits to be made that.
    isDefault: known?.isDefault ?? (await listNetworks(ctx, {})).every((other) => !other.isDefault),
    bech32: bech32PrefixesOf(facts.accountPrefix),
    coinType: facts.coinType,
    baseDenom: facts.baseDenom,
    displayDenom: facts.displayDenom,
    denomExponent: facts.denomExponent,
    // What the local node takes at least.
    gasPriceSteps: {
      low: facts.gasPriceDec,
      average: facts.gasPriceDec,
      high: decFromAtomics(2n * decAtomics(facts.gasPriceDec)),
    },
    rpcUrls: [`http://127.0.0.1:${facts.rpcPort}`],
    restUrls: [`http://127.0.0.1:${facts.restPort}`],
    persistentPeers: [formatPeer({ nodeId: facts.nodeId, host: dialableHost(facts.p2pHost), port: facts.p2pPort })],
    genesisPath: facts.genesisPath,
    genesisSha256: facts.genesisSha256,
    consensusTimeouts: facts.consensusTimeouts,
    releases: platforms().map((platform) => ({
      ...platform,
      version: facts.posdVersion,
      path: facts.posdPath,
      sha256: facts.posdSha256,
    })),
  });
  await noteLocalnetHome(ctx, { networkId: network.id, home });
  return { ...network, hasFaucet: true };
}

const ARCHES: Readonly<Partial<Record<string, "amd64" | "arm64">>> = { x64: "amd64", arm64: "arm64" };

/** What the local chain's program runs on: this machine, as it was compiled for it. */
function platforms(): readonly { readonly os: "linux" | "darwin"; readonly arch: "amd64" | "arm64" }[] {
  const arch = ARCHES[process.arch];
  const { platform: os } = process;
  return arch !== undefined && (os === "linux" || os === "darwin") ? [{ os, arch }] : [];
}

async function knownNetwork(ctx: ServiceCtx<Ports>, chainId: string): Promise<Network | undefined> {
  try {
    return await getNetwork(ctx, { networkId: chainId });
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return undefined;
    throw thrown;
  }
}
