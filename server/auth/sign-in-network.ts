import "server-only";
import { listNetworks } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { invalid } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";

/** The chain that a sign-in statement names, and the prefix of its addresses. */
export type SignInNetwork = { readonly chainId: string; readonly accountPrefix: string };

/** While no network is known yet, e.g. because the local chain is still being built: Omniphi's own local chain. */
const HOME: SignInNetwork = { chainId: "omniphi-localnet-1", accountPrefix: "omni" };

/** The network of that chain id, or the default one. @throws invalid identity.chain_unknown */
export async function signInNetwork(service: ServiceCtx<Ports>, chainId: string | undefined): Promise<SignInNetwork> {
  const networks = await listNetworks(service, {});
  const known = networks.map((network) => ({ chainId: network.chainId, accountPrefix: network.bech32.account }));
  // The default one comes first.
  const found = chainId === undefined ? (known[0] ?? HOME) : [...known, HOME].find((one) => one.chainId === chainId);
  if (found) return found;
  throw invalid(
    "identity.chain_unknown",
    `There is no network ${chainId} here. Leave chainId out to use the default one.`,
    { fieldErrors: { chainId: ["not a network of this installation"] } },
  );
}
