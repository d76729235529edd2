import { z } from "zod";
import { baseUnitsText } from "@/lib/money-wire";
import { NetworkRefOrDefault } from "@/server/domains/chain/schemas";
import { PreparedTransaction, SignedTxBytes, signerInput } from "@/server/domains/chain/transactions/schemas";
import { ProfileInput } from "@/server/domains/validators/requests/schemas";
import { RateText } from "@/server/domains/validators/schemas";
import { listInput } from "@/server/kernel/pagination";
import { accountAddressText, instantDate, patternText } from "@/server/kernel/text";
import { ACT_KINDS, ACT_STATUSES, COMPOUND_DAYS, COMPOUND_RUN_STATUSES, COMPOUND_STATUSES } from "./constants";
import { stakingDomain } from "./domain";

const amountText = baseUnitsText.refine((text) => text !== "0", "at least 1 base unit");
/** Prefix and checksum are checked where the network is known. */
const operatorText = patternText(
  /^[a-z]{1,30}valoper1[02-9ac-hj-np-z]{38}$/,
  "a validator's operator address in lower case, such as omnivaloper1…",
  120,
).meta({ examples: ["omnivaloper1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu"] });
/** A number that the chain counts with, such as a proposal's. */
export const uint64Text = patternText(/^(0|[1-9]\d{0,18})$/, "a whole number", 19).meta({ examples: ["42"] });
const { validatorName, identity, website, securityContact, description } = ProfileInput.shape;

/** What is to be signed, by its kind. Operator acts are of the signer's own validator. */
export const ActRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unjail") }),
  z.strictObject({
    kind: z.literal("edit_profile"),
    /** A field that is left out stays as it is on the chain; an empty one is cleared. */
    validatorName: validatorName.optional(),
    identity: identity.unwrap().optional(),
    website: website.unwrap().optional(),
    securityContact: securityContact.unwrap().optional(),
    description: description.unwrap().optional(),
  }),
  z.strictObject({ kind: z.literal("edit_commission"), commissionRate: RateText }),
  z.strictObject({ kind: z.literal("withdraw"), operatorAddress: operatorText }),
  z.strictObject({ kind: z.literal("claim_all") }),
  z.strictObject({ kind: z.literal("delegate"), operatorAddress: operatorText, amountBaseUnits: amountText }),
  z.strictObject({
    kind: z.literal("undelegate"),
    operatorAddress: operatorText,
    amountBaseUnits: amountText,
    /** Said by an operator who takes so much own stake back that the chain jails the validator. */
    isJailAccepted: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal("cancel_unbonding"),
    operatorAddress: operatorText,
    creationHeightBlocks: uint64Text,
    amountBaseUnits: amountText,
  }),
  z.strictObject({
    kind: z.literal("redelegate"),
    sourceOperatorAddress: operatorText,
    destinationOperatorAddress: operatorText,
    amountBaseUnits: amountText,
    isJailAccepted: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal("vote"),
    proposalId: uint64Text,
    option: z.enum(["yes", "abstain", "no", "no_with_veto"]),
  }),
  z.strictObject({ kind: z.literal("deposit"), proposalId: uint64Text, amountBaseUnits: amountText }),
  z.strictObject({
    kind: z.literal("grant_compound"),
    operatorAddress: operatorText,
    /** What may be staked at most over the whole time, and what may be spent on fees. */
    limitBaseUnits: amountText,
    feeLimitBaseUnits: amountText,
    days: z.number().int().min(COMPOUND_DAYS.min).max(COMPOUND_DAYS.max).default(COMPOUND_DAYS.default),
  }),
  z.strictObject({ kind: z.literal("revoke_compound") }),
]);
export type ActRequest = z.output<typeof ActRequest>;
/** An act as it is asked for; what has a default may be left out. */
export type ActWish = z.input<typeof ActRequest>;

export const PrepareActInput = z.strictObject({
  networkId: NetworkRefOrDefault,
  signerAddress: accountAddressText,
  ...signerInput,
  act: ActRequest,
});

/** One figure that the act changes; amounts in base units of the network's base denom, rates as decimals. No `before` where there is none. */
const ActChange = z.strictObject({
  label: z.string(),
  unit: z.enum(["base_units", "rate", "text"]),
  before: z.string().nullable().optional(),
  after: z.string().nullable(),
});
export type ActChange = z.infer<typeof ActChange>;

export const PreparedAct = PreparedTransaction.omit({ stakeBeforeBaseUnits: true, stakeAfterBaseUnits: true })
  .extend({
    actId: z.string(),
    changes: z.array(ActChange),
    /** Messages of the same kind that did not fit into one transaction; asked for again, they come next. */
    leftOut: z.number().int(),
  })
  .meta({ id: "PreparedAct" });
export type PreparedAct = z.infer<typeof PreparedAct>;

export const ActRef = z.strictObject({ actId: stakingDomain.idText("act") });
export const SubmitActInput = ActRef.extend({ txBytes: SignedTxBytes });

/** One act as its organisation sees it. */
export const Act = z
  .strictObject({
    id: z.string(),
    kind: z.enum(ACT_KINDS),
    status: z.enum(ACT_STATUSES),
    actor: z.string(),
    networkId: z.string(),
    signerAddress: z.string(),
    operatorAddress: z.string().nullable(),
    proposalId: z.string().nullable(),
    amountBaseUnits: z.string().nullable(),
    denom: z.string(),
    feeBaseUnits: z.string(),
    /** What was signed, a sentence a message. */
    sentences: z.array(z.string()),
    fingerprint: z.string(),
    /** Why it failed or expired: its code, and the chain's words. */
    statusReason: z.string().nullable(),
    reason: z.string().nullable(),
    txHash: z.string().nullable(),
    heightBlocks: z.string().nullable(),
    createdAt: z.string(),
    submittedAt: z.string().nullable(),
    updatedAt: z.string(),
  })
  .meta({ id: "Act" });
export type Act = z.infer<typeof Act>;

/** A transaction's hash as people paste it; spelled as the chain spells it. */
const hashText = patternText(/^(0x)?[0-9a-fA-F]{64}$/, "64 hexadecimal digits", 66)
  .meta({ examples: ["AB".repeat(32)] })
  .transform((text) => text.replace(/^0x/, "").toUpperCase());

const actFilters = {
  kind: z.enum(ACT_KINDS).optional(),
  status: z.enum(ACT_STATUSES).optional(),
  networkId: z.string().min(1).max(60).optional(),
  signerAddress: accountAddressText.optional(),
  operatorAddress: operatorText.optional(),
  txHash: hashText.optional(),
  /** From this time on, and before that one. */
  since: instantDate.optional(),
  until: instantDate.optional(),
};
export const ListActsInput = z.strictObject({ ...listInput, ...actFilters });
export const ExportActsInput = z.strictObject(actFilters);
export type ActFilters = z.output<typeof ExportActsInput>;
export const ActPage = z.strictObject({ items: z.array(Act), nextCursor: z.string().nullable() });

export const PositionInput = z.strictObject({ networkId: NetworkRefOrDefault, address: accountAddressText });

const StakeEntry = z.strictObject({
  operatorAddress: z.string(),
  moniker: z.string(),
  amountBaseUnits: z.string(),
  /** Whole base units that could be withdrawn now. */
  rewardsBaseUnits: z.string(),
  /** These three are null where the validator was not in the set that was read. */
  commissionRate: z.string().nullable(),
  status: z.enum(["unbonded", "unbonding", "bonded"]).nullable(),
  isJailed: z.boolean().nullable(),
});
const UnbondingEntry = z.strictObject({
  operatorAddress: z.string(),
  moniker: z.string(),
  creationHeightBlocks: z.string(),
  /** Its end less the unbonding time that the chain has now. */
  startedAt: z.string(),
  completesAt: z.string(),
  balanceBaseUnits: z.string(),
});
const RedelegationEntry = z.strictObject({
  sourceOperatorAddress: z.string(),
  destinationOperatorAddress: z.string(),
  destinationMoniker: z.string(),
  completesAt: z.string(),
  balanceBaseUnits: z.string(),
});
/** The validator that the wallet itself operates. */
const OwnValidator = z.strictObject({
  operatorAddress: z.string(),
  moniker: z.string(),
  identity: z.string(),
  website: z.string(),
  securityContact: z.string(),
  details: z.string(),
  status: z.enum(["unbonded", "unbonding", "bonded"]),
  isJailed: z.boolean(),
  isTombstoned: z.boolean(),
  /** When a jailed one may be released at the earliest; null where it is not jailed or the chain keeps no record. */
  jailedUntil: z.string().nullable(),
  /** Why it cannot be released now, in a sentence with its code; null while it can, or is not jailed. */
  unjailRefusal: z.strictObject({ code: z.string(), sentence: z.string() }).nullable(),
  commissionRate: z.string(),
  commissionMaxRate: z.string(),
  commissionMaxChangeRate: z.string(),
  /** From when on the rate may be changed again. */
  commissionChangeableAt: z.string(),
  commissionBaseUnits: z.string(),
  minSelfDelegationBaseUnits: z.string(),
  selfDelegationBaseUnits: z.string(),
});

/** All that a wallet has on a network now, as the chain told it. */
export const Position = z
  .strictObject({
    networkId: z.string(),
    address: z.string(),
    denom: z.string(),
    readAt: z.string(),
    balanceBaseUnits: z.string(),
    /** What of the balance can be staked or sent: the rest vests yet. */
    spendableBaseUnits: z.string(),
    /** What "Max" leaves for fees. */
    feeReserveBaseUnits: z.string(),
    stakedBaseUnits: z.string(),
    rewardsBaseUnits: z.string(),
    delegations: z.array(StakeEntry),
    unbondings: z.array(UnbondingEntry),
    redelegations: z.array(RedelegationEntry),
    ownValidator: OwnValidator.nullable(),
    unbondingSeconds: z.number().int(),
    maxEntries: z.number().int(),
    minCommissionRate: z.string(),
    /** Yearly rate before a validator's commission, from the chain's own minting and its measured block time; null with its reason. */
    aprBeforeCommission: z.string().nullable(),
    aprUnknownBecause: z.string().nullable(),
  })
  .meta({ id: "StakingPosition" });
export type Position = z.infer<typeof Position>;

export const CompoundOfWallet = z.strictObject({ networkId: NetworkRefOrDefault, address: accountAddressText });
export const CompoundRef = z.strictObject({ compoundId: stakingDomain.idText("compound") });
const CompoundRun = z.strictObject({
  id: z.string(),
  status: z.enum(COMPOUND_RUN_STATUSES),
  amountBaseUnits: z.string(),
  feeBaseUnits: z.string(),
  txHash: z.string(),
  heightBlocks: z.string().nullable(),
  /** The chain's own words, where it refused. */
  reason: z.string().nullable(),
  createdAt: z.string(),
});
/** Compounding as the organisation has it. */
export const Compound = z
  .strictObject({
    id: z.string(),
    status: z.enum(COMPOUND_STATUSES),
    /** Code and sentence of why it ended or was paused; null while it goes on. */
    statusReason: z.string().nullable(),
    statusSentence: z.string().nullable(),
    operatorAddress: z.string(),
    granteeAddress: z.string(),
    /** When it was last looked at, and what kept it from compounding then. */
    lookedAt: z.string().nullable(),
    waitsFor: z.string().nullable(),
    nextLookAt: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: "Compound" });
export type Compound = z.infer<typeof Compound>;
/** What a wallet granted for compounding as the chain has it now, and what came of it. */
export const WalletCompound = z
  .strictObject({
    networkId: z.string(),
    address: z.string(),
    denom: z.string(),
    readAt: z.string(),
    /** False where the chain has no module for such grants. */
    isOffered: z.boolean(),
    compound: Compound.nullable(),
    /** The chain's own words of now; null where it holds nothing for this installation, or `isOffered` is false. */
    grant: z
      .strictObject({
        /** Null where nothing may be staked. */
        stakeLeftBaseUnits: z.string().nullable(),
        expiresAt: z.string().nullable(),
        mayWithdraw: z.boolean(),
        feesLeftBaseUnits: z.string().nullable(),
      })
      .nullable(),
    /** Newest first. */
    runs: z.array(CompoundRun),
  })
  .meta({ id: "WalletCompound" });
export type WalletCompound = z.infer<typeof WalletCompound>;
