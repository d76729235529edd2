import "server-only";
import { listNetworks } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { invalid, upstreamUnavailable } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";

/** The chain that a sign-in statement names, and the prefix of its addresses. */
export type SignInNetwork = { readonly chainId: string; readonly accountPrefix: string };

const prefixOf = (address: string): string => address.slice(0, address.lastIndexOf("1")).toLowerCase();

/**
 * The active network of that chain id; where none is named, the one whose addresses begin as this one does, the default one before the others.
 * While there is no network at all the local chain is asked for its names, and where there is none either, whoever names a chain is believed: a
 * signature proves a key, whatever the chain is called, and somebody has to be in before the first network can be added.
 * @throws invalid identity.chain_unknown, upstream_unavailable identity.no_network
 */
export async function signInNetwork(
  service: ServiceCtx<Ports>,
  wanted: { readonly address: string; readonly chainId: string | undefined },
): Promise<SignInNetwork> {
  const networks = await listNetworks(service, { status: "active" });
  const accountPrefix = prefixOf(wanted.address);
  if (networks.length === 0) return withoutNetworks(service, { ...wanted, accountPrefix });
  const known = networks.map((network) => ({ chainId: network.chainId, accountPrefix: network.bech32.account }));
  const [first] = known;
  const found =
    wanted.chainId === undefined
      ? (known.find((one) => one.accountPrefix === accountPrefix) ?? first)
      : known.find((one) => one.chainId === wanted.chainId);
  if (found) return found;
  throw invalid(
    "identity.chain_unknown",
    `There is no active network ${wanted.chainId} here. Leave chainId out to use the one of the address.`,
    { fieldErrors: { chainId: ["not an active network of this installation"] } },
  );
}

async function withoutNetworks(
  { ports }: Pick<ServiceCtx<Ports>, "ports">,
  wanted: { readonly chainId: string | undefined; readonly accountPrefix: string },
): Promise<SignInNetwork> {
  const { chainId, accountPrefix } = wanted;
  const local = await ports.localnet.names();
  if (local !== null && (chainId === undefined || chainId === local.chainId)) return local;
  if (chainId !== undefined && accountPrefix !== "") return { chainId, accountPrefix };
  throw upstreamUnavailable(
    "identity.no_network",
    "There is no network here to sign in on yet. Wait until the local chain runs, or name the chain of your wallet as chainId.",
    { retryAfterSeconds: 10 },
  );
}
