import { formatDisplayAmount } from "@/lib/money";
import { networkOf } from "@/server/domains/chain";
import { getRegion } from "@/server/domains/regions";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { fieldInvalid } from "../errors";
import { Quote, QuoteSetupInput } from "./schemas";

/** What the setup will cost, before anything is spent: list price of the place, and what the chain takes and locks. */
export const quoteSetup = defineFlow<Ports>()({
  verb: "validators.quote-setup",
  scope: "validators:read",
  tenancy: "organization",
  input: QuoteSetupInput,
  output: Quote,
  run: async (ctx, input): Promise<Quote> => {
    const { kind, displayDenom, denomExponent } = await networkOf(ctx, input.networkId);
    const region = await getRegion(ctx, { regionCode: input.regionCode });
    const tier = region.tiers.find((offered) => offered.code === input.tierCode);
    if (!tier) throw fieldInvalid("tierCode", `not offered in ${region.code}`);
    const isCharged = false;
    return {
      lines: [
        {
          label: `${region.displayName}, ${tier.code}`,
          detail: `${tier.cpuCores} vCPU, ${tier.memoryGb} GB memory, ${tier.diskGb} GB disk; list price`,
          amount: formatMinorUnits(tier.monthlyPriceMinorUnits),
          unit: `${tier.currency} a month`,
        },
        {
          label: "Self-delegation",
          detail:
            "Leaves your balance and is bonded to your validator; getting it back takes the chain's unbonding time.",
          amount: formatDisplayAmount(BigInt(input.selfDelegation), denomExponent),
          unit: displayDenom,
        },
        {
          label: "Network fee",
          detail: "Simulated before you sign and shown in the signing sheet.",
          amount: null,
          unit: displayDenom,
        },
      ],
      monthlyMinorUnits: tier.monthlyPriceMinorUnits,
      currency: tier.currency,
      isCharged,
      note:
        kind === "localnet"
          ? "A localnet runs on this machine: hosting is not charged."
          : "This installation has no payment set up: hosting is not charged.",
    };
  },
});

/** Minor units of a currency with two decimals, e.g. 1205 as `12.05`; integers only, so that no cent is rounded. */
function formatMinorUnits(minorUnits: number): string {
  const digits = String(minorUnits).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
