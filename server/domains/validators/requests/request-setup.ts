import type { z } from "zod";
import { compareDec, normalizeDec } from "@/lib/chain/dec";
import { coinWords } from "@/lib/money";
import { networkOf, testWalletRefused } from "@/server/domains/chain";
import { isOwnWallet, isTestWallet } from "@/server/domains/identity";
import { getRegion, holdSlot } from "@/server/domains/regions";
import type { CommandCtx } from "@/server/kernel/context";
import { violatedUniqueIndex } from "@/server/kernel/serialization-retry";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { subjectOf } from "../constants";
import { validatorsDomain } from "../domain";
import { fieldInvalid, operatorTaken, stakeBelowOnePower, tierNotAllowed, walletNotLinked } from "../errors";
import { setupRequested } from "../events";
import { noteEvent } from "../story/note-event";
import { assertCoins, readCreationRules, readPowerReduction, readValidatorOnChain } from "./ask-chain";
import { insertSetup } from "./repository";
import { CreateSetupRequestInput, SetupWithNode } from "./schemas";
import { assertMayBegin } from "./setup-limits";
import { toSetupView } from "./to-view";
import { walletOn } from "./wallet-on";

/** What the chain said just before: read by the flow that calls this change, since a change cannot ask. */
type ChainRules = {
  readonly operatorAddress: string;
  readonly networkKind: Awaited<ReturnType<typeof networkOf>>["kind"];
  readonly minCommissionRate: string;
  /** Base units in one unit of voting power; a validator with less never joins the set. */
  readonly powerReduction: bigint;
  /** The same in the display denom. */
  readonly powerReductionWords: string;
  /** Whether the chain already shows a validator of this operator. */
  readonly isOperatorTaken: boolean;
};

/** A node on a machine of its owner stands in no region and has no size of ours. */
const NOWHERE = { regionCode: "", tierCode: "" } as const;

/** The region and size that were asked for, as they are on offer now. */
async function placeOf(
  ctx: CommandCtx,
  request: z.output<typeof CreateSetupRequestInput>,
  networkKind: ChainRules["networkKind"],
): Promise<{ regionCode: string; tierCode: string }> {
  const regionCode = request.regionCode ?? "";
  const region = await getRegion(ctx, { regionCode });
  const tier = region.tiers.find((offered) => offered.code === request.tierCode && offered.isAvailable);
  if (!tier) throw fieldInvalid("tierCode", `not offered in ${regionCode}`);
  if (tier.isTestnetOnly && networkKind === "mainnet") throw tierNotAllowed(tier.code);
  return { regionCode, tierCode: tier.code };
}

/**
 * Writes the request and its event. Whoever comes second for the same operator address is refused by the unique index, not by a look before.
 * @throws conflict validators.operator_taken, conflict region_full, limit_exceeded validators.tier_below_minimum, validators.too_many_setups, invalid validators.invalid_field
 */
export const recordRequest = defineChange(
  "validators.record-request",
  async (
    ctx: CommandCtx,
    { request, rules }: { readonly request: z.output<typeof CreateSetupRequestInput>; readonly rules: ChainRules },
  ) => {
    if (rules.isOperatorTaken) throw operatorTaken(rules.operatorAddress);
    if (compareDec(request.commissionRate, rules.minCommissionRate) < 0) {
      throw fieldInvalid("commissionRate", `this chain demands at least ${rules.minCommissionRate}`);
    }
    if (BigInt(request.selfDelegation) < rules.powerReduction) {
      throw stakeBelowOnePower(rules.powerReduction, rules.powerReductionWords, request.selfDelegation);
    }
    const isLocal = request.runMode === "local";
    const { regionCode, tierCode } = isLocal ? NOWHERE : await placeOf(ctx, request, rules.networkKind);

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
      tierCode,
      requestedRuntime: request.runtime ?? null,
      status: "pending",
      statusMessage: isLocal
        ? "Waiting for your machine to prove its node's key."
        : "Waiting for a place in the queue.",
      source: request.source,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    }).catch((thrown: unknown) => {
      if (violatedUniqueIndex(thrown) === "validator_setup_requests_live_operator_uq")
        throw operatorTaken(rules.operatorAddress);
      throw thrown;
    });
    await noteEvent(ctx, setup, { type: "activity", message: `Setup of ${setup.validatorName} requested.` });
    if (!isLocal) {
      await holdSlot(ctx, { regionCode, holder: subjectOf(setup.id), tierCode: setup.tierCode });
      await ctx.emit(setupRequested, {
        setupRequestId: setup.id,
        organizationId: ctx.organizationId,
        generation: setup.generation,
      });
    }
    ctx.audit({
      action: "validators.setup_request.created",
      targetType: "setup_request",
      targetId: setup.id,
      details: {
        networkId: setup.networkId,
        operatorAddress: setup.operatorAddress,
        runMode: setup.runMode,
        regionCode,
        tierCode,
      },
    });
    return toSetupView(setup, undefined, { chain: null, now: ctx.now });
  },
);

/**
 * Asks for a validator: the wallet must be the caller's, the values such as the chain will take, the operator free, the region with a slot.
 * @throws invalid validators.invalid_field, forbidden validators.wallet_not_linked, chain.test_wallet_refused, payment_required validators.coins_missing,
 * limit_exceeded validators.too_many_setups, conflict validators.operator_taken, region_full
 */
export const requestSetup = defineFlow<Ports>()({
  verb: "validators.request-setup",
  scope: "validators:write",
  tenancy: "organization",
  input: CreateSetupRequestInput,
  output: SetupWithNode,
  run: async (ctx, input): Promise<SetupWithNode> => {
    const { network, kind, ...denom } = await networkOf(ctx, input.networkId);
    const { operatorAddress } = walletOn(network, input.walletAddress);
    if (!(await isOwnWallet(ctx, { address: input.walletAddress }))) throw walletNotLinked(input.walletAddress);
    if (kind !== "localnet" && (await isTestWallet(ctx, { address: input.walletAddress }))) throw testWalletRefused();
    const [{ minCommissionRate }, powerReduction] = await Promise.all([
      readCreationRules(ctx.ports, network),
      readPowerReduction(ctx.ports, network),
    ]);
    const isOperatorTaken = (await readValidatorOnChain(ctx.ports, network, operatorAddress)) !== null;
    // Coins of a localnet are anybody's for the asking, so that a balance says nothing there; the limits do.
    if (kind !== "localnet") await assertCoins(ctx.ports, network, input);
    const setupRequest = await recordRequest(ctx, {
      request: { ...input, networkId: network.networkId },
      rules: {
        operatorAddress,
        networkKind: kind,
        minCommissionRate,
        isOperatorTaken,
        powerReduction,
        powerReductionWords: coinWords(powerReduction, denom),
      },
    });
    return { setupRequest, node: null, machine: null };
  },
});
