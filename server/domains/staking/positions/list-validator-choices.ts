import { getNetwork, networkOf } from "@/server/domains/chain";
import { defineFlow } from "@/server/kernel/verbs";
import type { ChainValidator } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { ListChoicesInput, ValidatorChoices } from "../schemas";

/** Those of the whole set whose name or operator holds the words, with their rank in the whole, most stake first. */
export function chooseFrom(
  set: readonly ChainValidator[],
  { search, limit }: { readonly search: string; readonly limit: number },
): ValidatorChoices {
  const words = search.trim().toLowerCase();
  const ranked = set
    .toSorted((one, other) =>
      one.tokensBaseUnits === other.tokensBaseUnits
        ? one.operatorAddress.localeCompare(other.operatorAddress)
        : other.tokensBaseUnits > one.tokensBaseUnits
          ? 1
          : -1,
    )
    .map((validator, index) => ({ validator, rank: index + 1 }))
    .filter(
      ({ validator }) =>
        validator.description.moniker.toLowerCase().includes(words) || validator.operatorAddress.includes(words),
    );
  return {
    items: ranked.slice(0, limit).map(({ validator, rank }) => ({
      operatorAddress: validator.operatorAddress,
      moniker: validator.description.moniker,
      status: validator.status,
      isJailed: validator.jailed,
      tokensBaseUnits: validator.tokensBaseUnits.toString(),
      commissionRate: validator.commissionRate,
      rank,
    })),
    total: ranked.length,
  };
}

/** Validators of the network that stake can be given to, whoever runs them. */
export const listValidatorChoices = defineFlow<Ports>()({
  verb: "staking.list-validator-choices",
  scope: "staking:read",
  tenancy: "organization",
  input: ListChoicesInput,
  output: ValidatorChoices,
  run: async (ctx, { networkId, ...wanted }): Promise<ValidatorChoices> => {
    const { id } = await getNetwork(ctx, { networkId });
    const { network } = await networkOf(ctx, id);
    return chooseFrom(await ctx.ports.chains.forNetwork(network).validatorSet(), wanted);
  },
});
