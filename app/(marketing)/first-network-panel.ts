import "server-only";
import type { NetworkPanelProps } from "@/components/landing/network-panel";
import { networkWaitWords } from "@/components/wallet/network-wait-words";
import { isAppError } from "@/server/kernel/errors";
import { api } from "@/server/trpc/server";

type FirstPanel = { networkId: string | undefined; first: NetworkPanelProps };

const STARTING = "The network has no recorded block yet. This picture fills by itself once the first comes in.";

/** What can be said of the default network now. The page is shown whatever fails: the failure is what stands in the picture's place. */
export async function firstNetworkPanel(): Promise<FirstPanel> {
  try {
    const caller = await api();
    const [network] = await caller.chain.listNetworks({});
    if (!network) {
      const localnet = await caller.chain.getLocalnetStatus({});
      const sentence = `${networkWaitWords(localnet)} The blocks stand here as soon as there are any.`;
      return { networkId: undefined, first: { status: "starting", sentence, detail: localnet?.message } };
    }
    const pulse = await caller.chain.getNetworkPulse({ networkId: network.id });
    const first: NetworkPanelProps =
      pulse.blocks.length > 0 ? { status: "live", pulse } : { status: "starting", sentence: STARTING };
    return { networkId: network.id, first };
  } catch (thrown) {
    const cause = thrown instanceof Error && isAppError(thrown.cause) ? thrown.cause : thrown;
    const code = isAppError(cause) ? cause.code : "kernel.unexpected";
    const sentence = "Its record of the network could not be read. This picture comes back by itself.";
    return { networkId: undefined, first: { status: "down", upstream: "The portal's database", sentence, code } };
  }
}
