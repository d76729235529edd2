import { listValidatorFacts } from "@/server/domains/chain";
import { defineQuery } from "@/server/kernel/verbs";
import { publicValidatorNotFound } from "../errors";
import { chainRefOf } from "../requests/missed-by-chain";
import { toFirstSigned } from "../requests/to-view";
import { standingOf } from "../standing";
import { findPublished } from "./repository";
import { PublicValidator, PublicValidatorRef } from "./schemas";

/**
 * A validator that its organisation shows to everybody. One that it does not show is answered as one that nobody has.
 * @throws not_found validators.public_validator_not_found
 */
export const getPublicValidator = defineQuery({
  verb: "validators.get-public-validator",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: PublicValidatorRef,
  output: PublicValidator,
  run: async (ctx, { operatorAddress }): Promise<PublicValidator> => {
    const setup = await findPublished(ctx.db, operatorAddress);
    const { consensusAddressHex } = setup ? chainRefOf(setup) : { consensusAddressHex: null };
    if (!setup?.publishedAt || consensusAddressHex === null) throw publicValidatorNotFound();
    const [facts] = await listValidatorFacts(ctx.db, [chainRefOf(setup)]);
    const { nodeState: _, ...standing } = standingOf({ setup, node: null, chain: facts ?? null }, ctx.now);
    return {
      networkId: setup.networkId,
      operatorAddress: setup.operatorAddress,
      consensusAddressHex,
      moniker: facts?.seen?.moniker || setup.validatorName,
      standing,
      activeSince: setup.completedAt?.toISOString() ?? null,
      firstSigned: toFirstSigned(setup),
      publishedAt: setup.publishedAt.toISOString(),
    };
  },
});
