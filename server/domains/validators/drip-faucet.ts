import { z } from "zod";
import { parseBech32Address } from "@/lib/chain/bech32-address";
import { forbidden } from "@/server/kernel/errors";
import { defineCommand, defineEffect, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { fieldInvalid } from "./errors";
import { networkOf } from "./network-of";

/** Enough for a self-delegation and some fees, small beside the genesis validator's stake. */
export const FAUCET_DRIP_BASE_UNITS = 25_000_000n;

const drip = defineEffect<Ports>()({
  verb: "validators.drip",
  scope: "validators:write",
  tenancy: "platform",
  input: z.strictObject({ address: z.string() }),
  run: (ctx, input) => ctx.ports.faucet.drip({ address: input.address, amountBaseUnits: FAUCET_DRIP_BASE_UNITS }),
});

const recordDrip = defineCommand({
  verb: "validators.record-drip",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ address: z.string(), txHash: z.string() }),
  run: async (ctx, input) => {
    ctx.audit({
      action: "validators.faucet.paid",
      targetType: "address",
      targetId: input.address,
      details: { txHash: input.txHash, amountBaseUnits: FAUCET_DRIP_BASE_UNITS.toString() },
    });
    return { ...input, amountBaseUnits: FAUCET_DRIP_BASE_UNITS.toString() };
  },
});

/** Sends test coins on a localnet; every other network is refused. @throws forbidden validators.no_faucet, upstream_unavailable faucet.unavailable */
export const requestDrip = defineFlow<Ports>()({
  verb: "validators.request-drip",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ networkId: z.string().min(1).max(100), address: z.string().min(1).max(120) }),
  run: async (ctx, input) => {
    const { network, kind } = await networkOf(ctx, input.networkId);
    if (kind !== "localnet" || ctx.ports.faucet.chainId !== network.chainId) {
      throw forbidden(
        "validators.no_faucet",
        "Only a localnet has a faucet; coins of this network have to be sent by somebody who owns them.",
      );
    }
    try {
      parseBech32Address(input.address, network.bech32.account);
    } catch {
      throw fieldInvalid("address", "not an address of this network");
    }
    return recordDrip(ctx, { address: input.address, ...(await drip(ctx, { address: input.address })) });
  },
});
