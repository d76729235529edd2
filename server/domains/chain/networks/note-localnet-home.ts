import { defineChange } from "@/server/kernel/verbs";
import { notALocalnet } from "../errors";
import { updateLocalnetHome } from "./repository";
import { requireNetwork } from "./require-network";

/** Keeps where a local chain of this machine lives, so that its faucet pays. Its maker alone says so, never a request. @throws invalid_state chain.not_a_localnet */
export const noteLocalnetHome = defineChange(
  "chain.note-localnet-home",
  async (ctx, { networkId, home }: { readonly networkId: string; readonly home: string }) => {
    const network = await requireNetwork(ctx.tx, networkId);
    if (network.kind !== "localnet") throw notALocalnet(network.chainId);
    await updateLocalnetHome(ctx.tx, network.id, home, ctx.now);
    ctx.audit({ action: "chain.network.localnet_home_noted", targetType: "network", targetId: network.id });
    return null;
  },
);
