import { z } from "zod";
import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { dialableHost, formatPeer } from "@/lib/node-config/peers";
import { getNetwork, registerNetwork, resetRecords } from "@/server/domains/chain";
import type { Network } from "@/server/domains/chain/schemas";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";

const Port = z.number().int().min(1).max(65_535);

/** What the local chain's maker leaves in `localnet.json` (devnet/localnet.mjs), as far as the network's row needs it. */
export const LocalnetFacts = z.object({
  chainId: z.string().min(1),
  genesisSha256: z.string().regex(/^[0-9a-f]{64}$/),
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
export async function registerLocalnet(ctx: ServiceCtx<Ports>, facts: LocalnetFacts): Promise<Network> {
  const known = await knownNetwork(ctx, facts.chainId);
  if (known?.genesisSha256 != null && known.genesisSha256 !== facts.genesisSha256) {
    await resetRecords(ctx, { networkId: known.id, reason: "The local chain was made anew with another genesis." });
  }
  return registerNetwork(ctx, {
    chainId: facts.chainId,
    kind: "localnet",
    displayName: "Omniphi local chain",
    status: "active",
    isDefault: known?.isDefault ?? true,
    bech32: bech32PrefixesOf("omni"),
    coinType: 60,
    baseDenom: "omniphi",
    displayDenom: "OMNI",
    denomExponent: 6,
    // Wallet steps of the public network; the low one is raised to what the local node takes at least.
    gasPriceSteps: { low: "0.025", average: "0.025", high: "0.05" },
    rpcUrls: [`http://127.0.0.1:${facts.rpcPort}`],
    restUrls: [`http://127.0.0.1:${facts.restPort}`],
    persistentPeers: [formatPeer({ nodeId: facts.nodeId, host: dialableHost(facts.p2pHost), port: facts.p2pPort })],
    genesisSha256: facts.genesisSha256,
  });
}

async function knownNetwork(ctx: ServiceCtx<Ports>, chainId: string): Promise<Network | undefined> {
  try {
    return await getNetwork(ctx, { networkId: chainId });
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return undefined;
    throw thrown;
  }
}
