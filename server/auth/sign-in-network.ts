import "server-only";
import type { ServiceCtx } from "@/server/kernel/context";
import { invalid } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";

/** The chain that a sign-in statement names, and the prefix of its addresses. */
export type SignInNetwork = { readonly chainId: string; readonly accountPrefix: string };

/** Where no network is known yet, e.g. while the local chain is still being built: Omniphi's own local chain. */
const HOME: SignInNetwork = { chainId: "omniphi-localnet-1", accountPrefix: "omni" };

/** The network of that chain id, or the default one. @throws invalid identity.chain_unknown */
export async function signInNetwork(_service: ServiceCtx<Ports>, chainId: string | undefined): Promise<SignInNetwork> {
  if (chainId === undefined || chainId === HOME.chainId) return HOME;
  throw invalid(
    "identity.chain_unknown",
    `There is no network ${chainId} here. Leave chainId out to use the default one.`,
    {
      fieldErrors: { chainId: ["not a network of this installation"] },
    },
  );
}
