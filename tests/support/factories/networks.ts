import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { registerNetwork } from "@/server/domains/chain";
import type { Network } from "@/server/domains/chain/networks/schemas";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import type { Localnet } from "../localnet";

/** Registers the local chain through the verb; endpoints may be others, e.g. a door in front of it. */
export function registerTestNetwork(
  ctx: ServiceCtx<Ports>,
  localnet: Pick<Localnet, "facts" | "rpcUrl" | "restUrl">,
  change: { rpcUrls?: string[]; restUrls?: string[]; status?: "active" | "planned" } = {},
): Promise<Network> {
  return registerNetwork(ctx, {
    chainId: localnet.facts.chainId,
    kind: "localnet",
    displayName: "Local chain of the tests",
    status: "active",
    isDefault: true,
    bech32: bech32PrefixesOf("omni"),
    coinType: 60,
    baseDenom: "omniphi",
    displayDenom: "OMNI",
    denomExponent: 6,
    gasPriceSteps: { low: "0.025", average: "0.025", high: "0.05" },
    rpcUrls: [localnet.rpcUrl],
    restUrls: [localnet.restUrl],
    ...change,
  });
}
