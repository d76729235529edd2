import { z } from "zod";
import { compareDec } from "@/lib/chain/dec";
import { baseUnitsText } from "@/lib/money-wire";
import { NetworkRefOrDefault } from "@/server/domains/chain/schemas";
import { SignedTxBytes, signerInput } from "@/server/domains/chain/transactions/schemas";
import { MACHINE_TIER_CODES } from "@/server/domains/regions/constants";
import { accountAddressText, bytesText, isWebUrl, nameBytesText } from "@/server/kernel/text";
import {
  DEFAULT_MAX_COMMISSION_CHANGE_RATE,
  DEFAULT_MAX_COMMISSION_RATE,
  DETAILS_MAX_BYTES,
  IDENTITY_MAX_BYTES,
  MONIKER_MAX_BYTES,
  MONIKER_MIN_CHARACTERS,
  RUN_MODES,
  RUNTIMES,
  SECURITY_CONTACT_MAX_BYTES,
  SETUP_STATUSES,
  WEBSITE_MAX_BYTES,
} from "../constants";
import { LocalMachine } from "../local/schemas";
import { NodeView } from "../nodes/schemas";
import { FirstSigned, isDec, RateText, SetupRequestId, stakeText, ValidatorStanding } from "../schemas";
import { ProvisioningEventView } from "../story/schemas";

/** Everything that the chain will hold of the validator, with the chain's own limits. */
const profile = {
  validatorName: nameBytesText(MONIKER_MAX_BYTES).refine(
    (text) => [...text].length >= MONIKER_MIN_CHARACTERS,
    `at least ${MONIKER_MIN_CHARACTERS} characters`,
  ),
  identity: bytesText(IDENTITY_MAX_BYTES).default(""),
  website: bytesText(WEBSITE_MAX_BYTES)
    .refine((text) => text === "" || isWebUrl(text), "an http or https address")
    .default(""),
  securityContact: bytesText(SECURITY_CONTACT_MAX_BYTES).default(""),
  description: bytesText(DETAILS_MAX_BYTES).default(""),
};
const commission = {
  commissionRate: RateText,
  commissionMaxRate: RateText.default(DEFAULT_MAX_COMMISSION_RATE),
  commissionMaxChangeRate: RateText.default(DEFAULT_MAX_COMMISSION_CHANGE_RATE),
  minSelfDelegation: stakeText.default("1000000"),
  selfDelegation: stakeText,
};
const placement = {
  runMode: z.enum(RUN_MODES),
  regionCode: z.string().min(1).max(60).optional(),
  tierCode: z.enum(MACHINE_TIER_CODES).optional(),
  runtime: z.enum(RUNTIMES).optional(),
};

/** Steps of the wizard check the part they show; the server checks the whole. */
export const ProfileInput = z.strictObject(profile);
export const CommissionInput = z.strictObject(commission);

/** Body of `POST /api/v1/validators/setup-requests`. */
export const CreateSetupRequestInput = z
  .strictObject({
    networkId: NetworkRefOrDefault,
    walletAddress: accountAddressText,
    ...profile,
    ...commission,
    ...placement,
    provider: z.literal("omniphi_cloud").default("omniphi_cloud"),
    source: z.enum(["web", "api", "cli"]).default("api"),
  })
  .superRefine((input, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if ([input.commissionRate, input.commissionMaxRate, input.commissionMaxChangeRate].every(isDec)) {
      if (compareDec(input.commissionRate, input.commissionMaxRate) > 0)
        issue("commissionRate", "not above the maximum rate");
      if (compareDec(input.commissionMaxChangeRate, input.commissionMaxRate) > 0) {
        issue("commissionMaxChangeRate", "not above the maximum rate");
      }
    }
    if (/^\d+$/.test(input.minSelfDelegation) && /^\d+$/.test(input.selfDelegation)) {
      if (BigInt(input.minSelfDelegation) > BigInt(input.selfDelegation))
        issue("minSelfDelegation", "not above the self-delegation");
    }
    if (input.runMode === "cloud") {
      if (input.regionCode === undefined) issue("regionCode", "choose a region");
      if (input.tierCode === undefined) issue("tierCode", "choose a machine size");
    } else {
      // The machine is the person's own: it has no region, size or host of ours.
      for (const field of ["regionCode", "tierCode", "runtime"] as const) {
        if (input[field] !== undefined) issue(field, "only for a node on a host of ours; leave it out");
      }
    }
  });
export type CreateSetupRequestInput = z.input<typeof CreateSetupRequestInput>;

export const SetupRequestView = z
  .object({
    id: z.string(),
    status: z.enum(SETUP_STATUSES),
    standing: ValidatorStanding,
    statusMessage: z.string(),
    walletAddress: z.string(),
    operatorAddress: z.string(),
    networkId: z.string(),
    validatorName: z.string(),
    identity: z.string(),
    website: z.string(),
    securityContact: z.string(),
    description: z.string(),
    runMode: z.enum(RUN_MODES),
    runtime: z.enum(RUNTIMES).nullable(),
    regionCode: z.string(),
    tierCode: z.string(),
    commissionRate: z.string(),
    commissionMaxRate: z.string(),
    commissionMaxChangeRate: z.string(),
    minSelfDelegation: z.string(),
    selfDelegation: z.string(),
    consensusPubkey: z.string().nullable(),
    /** Upper-case hex of the consensus address, by which records of blocks are asked for. */
    consensusAddress: z.string().nullable(),
    progressPercent: z.number().int(),
    currentStep: z.string().nullable(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    chainTxHash: z.string().nullable(),
    chainTxHeight: z.string().nullable(),
    /** Null before, and where the record of blocks has a hole there. */
    firstSigned: FirstSigned.nullable(),
    /** Since when anybody may see its page; null while it is not published. */
    publishedAt: z.string().nullable(),
    retryCount: z.number().int(),
    canRetry: z.boolean(),
    /** It was given up, and node, volume and slot are not given back yet. */
    isCleaningUp: z.boolean(),
    canCancel: z.boolean(),
    /** When a node that is ready is given back unless its owner has signed; null in every other state. */
    waitsUnsignedUntil: z.string().nullable(),
    generation: z.number().int(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: "SetupRequest" });
export type SetupRequestView = z.infer<typeof SetupRequestView>;

export const SetupWithNode = z
  .object({ setupRequest: SetupRequestView, node: NodeView.nullable(), machine: LocalMachine.nullable() })
  .meta({ id: "SetupWithNode" });
export type SetupWithNode = z.infer<typeof SetupWithNode>;

/** What the chain says of a validator; names as API users know them. Amounts are base units. */
export const WalletChainInfo = z
  .object({
    isActiveValidator: z.boolean(),
    validatorAddress: z.string(),
    votingPower: z.string(),
    jailed: z.boolean(),
    commission: z.string(),
    tokens: z.string(),
    status: z.enum(["bonded", "unbonding", "unbonded"]),
  })
  .meta({ id: "WalletChainInfo" });
export type WalletChainInfo = z.infer<typeof WalletChainInfo>;
/** `chainInfo` is null where the chain shows no such validator, and where it did not answer, which `chainError` tells apart. */
export const WalletValidator = SetupWithNode.extend({
  chainInfo: WalletChainInfo.nullable(),
  chainError: z.literal("unreachable").nullable(),
  /** Of a node on a machine of its owner; null where none has reported. */
  heartbeat: z.object({ blockHeight: z.number().int(), lastSeen: z.string() }).nullable(),
}).meta({ id: "WalletValidator" });
export type WalletValidator = z.infer<typeof WalletValidator>;

/** Body of `POST …/tx`: how the wallet will sign. */
export const PrepareTransactionInput = z.strictObject({ setupRequestId: SetupRequestId, ...signerInput });

/** Body of `POST …/broadcast`: the signed TxRaw in base64. */
export const BroadcastTransactionInput = z.strictObject({ setupRequestId: SetupRequestId, txBytes: SignedTxBytes });

/** What a stake would come to. */
export const PreviewStakeInput = z.strictObject({
  networkId: NetworkRefOrDefault,
  walletAddress: accountAddressText,
  selfDelegation: baseUnitsText,
});
export const StakePreview = z
  .object({
    denom: z.string(),
    /** What the wallet can pay with now: of a vesting account less than its balance. */
    spendableBaseUnits: z.string(),
    /** About the fee of the creation; the exact one is simulated before signing. */
    feeBaseUnits: z.string(),
    /** What is left of the spendable; negative where it is not enough. */
    remainsBaseUnits: z.string(),
    isCovered: z.boolean(),
    /** Base units in one unit of voting power. */
    powerReduction: z.string(),
    votingPower: z.string(),
    /** Such a validator never joins the set, and a request for it is refused. */
    isBelowOnePower: z.boolean(),
    isSetFull: z.boolean(),
    maxValidators: z.number().int(),
    wouldRank: z.number().int(),
    wouldJoinSet: z.boolean(),
    /** Stake of the lowest in the set, in base units; null while nobody signs. */
    lowestBonded: z.string().nullable(),
    readAt: z.string(),
  })
  .meta({ id: "StakePreview" });
export type StakePreview = z.infer<typeof StakePreview>;

/** Body of `POST …/stake`: what will be bonded, in base units; possible until the transaction is signed. */
export const ChangeStakeInput = z.strictObject({ setupRequestId: SetupRequestId, selfDelegation: stakeText });
export const ChangedStake = z
  .object({ setupRequestId: z.string(), selfDelegation: z.string() })
  .meta({ id: "ChangedStake" });

export const CreationRulesInput = z.strictObject({ networkId: NetworkRefOrDefault });

/** What a setup would cost: place, machine and stake in base units. */
export const QuoteSetupInput = z.strictObject({
  networkId: NetworkRefOrDefault,
  regionCode: z.string().min(1).max(60),
  tierCode: z.enum(MACHINE_TIER_CODES),
  selfDelegation: z.string().regex(/^[0-9]{1,78}$/),
});

export const Quote = z
  .object({
    /** `amount` is null where it is not known before the transaction is simulated. */
    lines: z.array(
      z.object({ label: z.string(), detail: z.string(), amount: z.string().nullable(), unit: z.string() }),
    ),
    monthlyMinorUnits: z.number().int(),
    currency: z.string(),
    isCharged: z.boolean(),
    note: z.string(),
  })
  .meta({ id: "Quote" });
export type Quote = z.infer<typeof Quote>;

/** A node with the request it belongs to, as operators see it. */
export const NodeWithSetup = z
  .object({ node: NodeView, setupRequest: SetupRequestView, organizationId: z.string() })
  .meta({ id: "NodeWithSetup" });
/** A request with its node and its story. */
export const SetupRecord = SetupWithNode.extend({ history: z.array(ProvisioningEventView) }).meta({
  id: "SetupRecord",
});

export const AcceptedTransaction = z
  .object({ transactionId: z.string(), txHash: z.string(), status: z.string() })
  .meta({ id: "AcceptedTransaction" });

/** What the chain demands of a new validator. */
export const CreationRules = z.object({
  minCommissionRate: z.string(),
  maxValidators: z.number().int(),
  unbondingSeconds: z.number().int(),
  bondDenom: z.string(),
});
/** The validator as the chain shows it now; null when the chain answers that there is none. */
export const OnChain = z.object({
  networkId: z.string(),
  chainId: z.string(),
  validator: z
    .object({
      operatorAddress: z.string(),
      consensusPubkey: z.string(),
      consensusAddress: z.string(),
      consensusAddressHex: z.string(),
      isJailed: z.boolean(),
      status: z.enum(["bonded", "unbonding", "unbonded"]),
      tokensBaseUnits: z.string(),
      commissionRate: z.string(),
      commissionMaxRate: z.string(),
      commissionMaxChangeRate: z.string(),
      moniker: z.string(),
    })
    .nullable(),
  readAt: z.string(),
});
export type OnChain = z.infer<typeof OnChain>;
