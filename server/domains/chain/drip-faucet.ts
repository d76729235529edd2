import { z } from "zod";
import { parseBech32Address } from "@/lib/chain/bech32-address";
import { forbidden } from "@/server/kernel/errors";
import { uuidv7 } from "@/server/kernel/ids";
import { defineCommand, defineEffect, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { dripClaimed, fieldInvalid } from "./errors";
import { networkOf } from "./network-of";
import { Drip, RequestDripInput } from "./schemas";

/** Enough for a self-delegation and some fees, small beside the genesis validator's stake. */
export const FAUCET_DRIP_BASE_UNITS = 25_000_000n;

const drip = defineEffect<Ports>()({
  verb: "chain.drip",
  scope: "validators:write",
  tenancy: "platform",
  input: z.strictObject({ address: z.string() }),
  run: (ctx, input) => ctx.ports.faucet.drip({ address: input.address, amountBaseUnits: FAUCET_DRIP_BASE_UNITS }),
});

/** Takes the payment for one asker: of all who send one Idempotency-Key, the first gets its own name back, the rest get the first one's. */
const claimDrip = defineCommand({
  verb: "chain.claim-drip",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ address: z.string(), claimedBy: z.string() }),
  run: async (ctx, input) => {
    ctx.audit({ action: "chain.faucet.asked", targetType: "address", targetId: input.address });
    return { claimedBy: input.claimedBy };
  },
});

/** Records a payment. */
const recordDrip = defineCommand({
  verb: "chain.record-drip",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ address: z.string(), txHash: z.string() }),
  run: async (ctx, { address, txHash }) => {
    ctx.audit({
      action: "chain.faucet.paid",
      targetType: "address",
      targetId: address,
      details: { txHash, amountBaseUnits: FAUCET_DRIP_BASE_UNITS.toString() },
    });
    return { address, txHash, amountBaseUnits: FAUCET_DRIP_BASE_UNITS.toString() };
  },
});

/**
 * Sends test coins on a localnet; every other network is refused. One Idempotency-Key pays once.
 * @throws forbidden chain.no_faucet, upstream_unavailable faucet.unavailable, conflict chain.drip_claimed
 */
export const requestDrip = defineFlow<Ports>()({
  verb: "chain.request-drip",
  scope: "validators:write",
  tenancy: "organization",
  input: RequestDripInput,
  output: Drip,
  run: async (ctx, input) => {
    const { network, kind } = await networkOf(ctx, input.networkId);
    if (kind !== "localnet" || ctx.ports.faucet.chainId !== network.chainId) {
      throw forbidden(
        "chain.no_faucet",
        "Only a localnet has a faucet; coins of this network have to be sent by somebody who owns them.",
      );
    }
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
    const { txHash } = await drip(ctx, { address });
    return recordDrip(ctx, { address, txHash });
  },
});
