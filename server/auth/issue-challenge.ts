import "server-only";
import { issueLoginNonce } from "@/server/domains/identity";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { signInNetwork } from "./sign-in-network";

/** A statement to sign for the address, naming this installation and the chain. @throws invalid identity.wallet_address_invalid, identity.chain_unknown, upstream_unavailable identity.no_network */
export async function issueChallenge(
  service: ServiceCtx<Ports>,
  input: { readonly address: string; readonly chainId?: string | undefined; readonly publicUrl: string },
) {
  const network = await signInNetwork(service, { address: input.address, chainId: input.chainId });
  return issueLoginNonce(service, { address: input.address, publicUrl: input.publicUrl, ...network });
}
