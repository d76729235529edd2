import { parseBech32Address } from "@/lib/chain/bech32-address";
import { forbidden } from "@/server/kernel/errors";
import { uuidv7 } from "@/server/kernel/ids";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { dripClaimed, fieldInvalid } from "../errors";
import { requireNetwork } from "./require-network";
import { Drip, RequestDripInput } from "./schemas";

/** Enough for a self-delegation and some fees, small beside the genesis validator's stake. */
const DRIP_DISPLAY_UNITS = 25n;

const noFaucet = ({ faucetUrl, displayDenom }: { readonly faucetUrl: string | null; readonly displayDenom: string }) =>
  forbidden(
    "chain.no_faucet",
    faucetUrl === null
      ? `This installation has no faucet for this network; its ${displayDenom} has to be sent by somebody who owns some.`
      : `This installation has no faucet for this network; its own is at ${faucetUrl}.`,
  );

/** Takes the payment for one asker: of all who send one Idempotency-Key, the first gets its own name back, the rest get the first one's. */
const claimDrip = defineChange(
  "chain.claim-drip",
  async (ctx, { address, claimedBy }: { readonly address: string; readonly claimedBy: string }) => {
    ctx.audit({ action: "chain.faucet.asked", targetType: "address", targetId: address });
    return { claimedBy };
  },
);

const recordDrip = defineChange(
  "chain.record-drip",
  async (ctx, drip: { readonly address: string; readonly txHash: string; readonly amountBaseUnits: string }) => {
    const { address, txHash, amountBaseUnits } = drip;
    ctx.audit({
      action: "chain.faucet.paid",
      targetType: "address",
      targetId: address,
      details: { txHash, amountBaseUnits },
    });
    return { address, txHash, amountBaseUnits };
  },
);

/**
 * Sends test coins on a local chain of this installation; every other network is refused. One Idempotency-Key pays once.
 * @throws forbidden chain.no_faucet, upstream_unavailable faucet.unavailable, conflict chain.drip_claimed
 */
export const requestDrip = defineFlow<Ports>()({
  verb: "chain.request-drip",
  scope: "validators:write",
  tenancy: "organization",
  input: RequestDripInput,
  output: Drip,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const { chainId, localnetHome } = network;
    if (localnetHome === null) throw noFaucet(network);
    try {
      parseBech32Address(input.address, network.bech32.account);
    } catch {
      throw fieldInvalid("address", "not an address of this network");
    }
    const { address } = input;
    // A payment cannot be taken back with a transaction of ours: what was asked before and never answered is not paid again.
    const claimedBy = uuidv7();
    const claim = await claimDrip(ctx, { address, claimedBy });
    if (claim.claimedBy !== claimedBy) throw dripClaimed();
    const amountBaseUnits = DRIP_DISPLAY_UNITS * 10n ** BigInt(network.denomExponent);
    const { txHash } = await ctx.ports.faucet.drip({ localnetHome, chainId, address, amountBaseUnits });
    return recordDrip(ctx, { address, txHash, amountBaseUnits: amountBaseUnits.toString() });
  },
});
