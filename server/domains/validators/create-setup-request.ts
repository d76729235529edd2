import { z } from "zod";
import { compareDec, normalizeDec } from "@/lib/chain/dec";
import { getRegion, holdSlot } from "@/server/domains/regions";
import { violatedUniqueIndex } from "@/server/kernel/serialization-retry";
import { defineCommand } from "@/server/kernel/verbs";
import { validatorsDomain } from "./domain";
import { fieldInvalid, operatorTaken, tierNotAllowed } from "./errors";
import { setupRequested } from "./events";
import { noteEvent } from "./note-event";
import { insertSetup } from "./repository";
import { CreateSetupRequestInput } from "./schemas";
import { assertMayBegin } from "./setup-limits";
import { subjectOf } from "./subject";
import { toSetupView } from "./to-view";

/** What the chain said just before: read by the flow that calls this command, since a command cannot ask. */
const ChainRules = z.strictObject({
  operatorAddress: z.string(),
  networkKind: z.enum(["mainnet", "testnet", "localnet"]),
  minCommissionRate: z.string(),
  /** Whether the chain already shows a validator of this operator. */
  isOperatorTaken: z.boolean(),
});

/**
 * Writes the request and its event. Whoever comes second for the same operator address is refused by the unique index, not by a look before.
 * @throws conflict validators.operator_taken, conflict region_full, limit_exceeded validators.tier_below_minimum, validators.too_many_setups, invalid validators.invalid_field
 */
export const createSetupRequest = defineCommand({
  verb: "validators.create-setup-request",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ request: CreateSetupRequestInput, rules: ChainRules }),
  run: async (ctx, { request, rules }) => {
    if (rules.isOperatorTaken) throw operatorTaken(rules.operatorAddress);
    if (compareDec(request.commissionRate, rules.minCommissionRate) < 0) {
      throw fieldInvalid("commissionRate", `this chain demands at least ${rules.minCommissionRate}`);
    }
    const regionCode = request.regionCode ?? "";
    const region = await getRegion(ctx, { regionCode });
    const tier = region.tiers.find((offered) => offered.code === request.tierCode && offered.isAvailable);
    if (!tier) throw fieldInvalid("tierCode", `not offered in ${regionCode}`);
    if (tier.isTestnetOnly && rules.networkKind === "mainnet") throw tierNotAllowed(tier.code);

    const userId = ctx.actor.kind === "user" || ctx.actor.kind === "apiToken" ? ctx.actor.userId : "system";
    await assertMayBegin(ctx, { organizationId: ctx.organizationId, userId });
    const setup = await insertSetup(ctx.tx, {
      id: validatorsDomain.newId("setupRequest"),
      organizationId: ctx.organizationId,
      createdByUserId: userId,
      networkId: request.networkId,
      walletAddress: request.walletAddress,
      operatorAddress: rules.operatorAddress,
      validatorName: request.validatorName,
      identity: request.identity,
      website: request.website,
      securityContact: request.securityContact,
      description: request.description,
      commissionRate: normalizeDec(request.commissionRate),
      commissionMaxRate: normalizeDec(request.commissionMaxRate),
      commissionMaxChangeRate: normalizeDec(request.commissionMaxChangeRate),
      minSelfDelegation: BigInt(request.minSelfDelegation),
      selfDelegation: BigInt(request.selfDelegation),
      runMode: request.runMode,
      regionCode,
      tierCode: tier.code,
      requestedRuntime: request.runtime ?? null,
      status: "pending",
      statusMessage: "Waiting for a place in the queue.",
      source: request.source,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    }).catch((thrown: unknown) => {
      if (violatedUniqueIndex(thrown) === "validator_setup_requests_live_operator_uq")
        throw operatorTaken(rules.operatorAddress);
      throw thrown;
    });
    await holdSlot(ctx, { regionCode, holder: subjectOf(setup.id) });
    await noteEvent(ctx, setup, { type: "activity", message: `Setup of ${setup.validatorName} requested.` });
    await ctx.emit(setupRequested, {
      setupRequestId: setup.id,
      organizationId: ctx.organizationId,
      generation: setup.generation,
    });
    ctx.audit({
      action: "validators.setup_request.created",
      targetType: "setup_request",
      targetId: setup.id,
      details: { networkId: setup.networkId, operatorAddress: setup.operatorAddress, regionCode, tierCode: tier.code },
    });
    return toSetupView(setup, undefined);
  },
});
