import { networkOf } from "@/server/domains/chain";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { readCreationRules } from "./ask-chain";
import { CreationRules, CreationRulesInput } from "./schemas";

/** What the chain demands of a new validator, so that the wizard can say so while the person types. */
export const getCreationRules = defineFlow<Ports>()({
  verb: "validators.get-creation-rules",
  scope: "validators:read",
  tenancy: "organization",
  input: CreationRulesInput,
  output: CreationRules,
  run: async (ctx, input) => {
    const { network } = await networkOf(ctx, input.networkId);
    return readCreationRules(ctx.ports, network);
  },
});
