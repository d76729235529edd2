import { z } from "zod";
import { EXECUTION_GATES, RISK_TIERS } from "@/lib/chain/risk-guard";
import { NetworkRefOrDefault } from "@/server/domains/chain/schemas";
import { MAX_TIERS } from "../constants";
import { uint64Text } from "../schemas";

export const ListProposalsInput = z.strictObject({
  networkId: NetworkRefOrDefault,
  status: z.enum(["deposit_period", "voting_period", "passed", "rejected", "failed"]).optional(),
});
const proposal = {
  proposalId: z.string(),
  title: z.string(),
  status: z.enum(["deposit_period", "voting_period", "passed", "rejected", "failed"]),
  isExpedited: z.boolean(),
  messageTypeUrls: z.array(z.string()),
  submittedAt: z.string().nullable(),
  depositEndsAt: z.string().nullable(),
  votingStartsAt: z.string().nullable(),
  votingEndsAt: z.string().nullable(),
  depositBaseUnits: z.string(),
};
const ProposalRow = z.strictObject(proposal);
export const ProposalList = z
  .strictObject({
    /** False where the chain has no governance module. */
    isOffered: z.boolean(),
    items: z.array(ProposalRow),
    readAt: z.string(),
  })
  .meta({ id: "ProposalList" });
export type ProposalList = z.infer<typeof ProposalList>;

/** Proposals are counted from 1; the guard refuses the question about none, which would look like an endpoint that fails. */
const proposalIdText = uint64Text.refine((id) => id !== "0", "a proposal's number");
export const ListProposalTiersInput = z.strictObject({
  networkId: NetworkRefOrDefault,
  proposalIds: z.array(proposalIdText).min(1).max(MAX_TIERS),
});
const ProposalTier = z.strictObject({
  proposalId: z.string(),
  /** Whether the guard has judged it, which it does once voting has ended; null where that could not be read. */
  isJudged: z.boolean().nullable(),
  /** Null while it is not judged, and where the chain leaves it unspecified. */
  tier: z.enum(RISK_TIERS).nullable(),
  unknownBecause: z.string().nullable(),
});
export type ProposalTier = z.infer<typeof ProposalTier>;
export const ProposalTiers = z.strictObject({
  /** False where the chain has no risk guard. */
  isOffered: z.boolean(),
  tiers: z.array(ProposalTier),
  readAt: z.string(),
});
export type ProposalTiers = z.infer<typeof ProposalTiers>;

export const ProposalRef = z.strictObject({ networkId: NetworkRefOrDefault, proposalId: uint64Text });
const RiskJudgement = z.strictObject({
  tier: z.enum(RISK_TIERS).nullable(),
  /** 0 to 100. */
  score: z.number().int(),
  delayBlocks: z.string(),
  /** Share of yes votes asked for, in hundredths of a percent. */
  thresholdBps: z.number().int(),
  modelVersion: z.string(),
});
/** What a risk guard holds of a proposal; a part is null where it holds none. */
export const RiskGuard = z
  .strictObject({
    report: z
      .strictObject({
        rules: RiskJudgement,
        /** Null where no model judged it; the stricter of the two counts. */
        model: RiskJudgement.nullable(),
        reasonCodes: z.array(z.string()),
        featuresHash: z.string(),
      })
      .nullable(),
    /** A proposal that passed, on its way to execution. */
    queued: z
      .strictObject({
        queuedHeightBlocks: z.string(),
        earliestHeightBlocks: z.string(),
        gate: z.enum(EXECUTION_GATES).nullable(),
        gateEnteredHeightBlocks: z.string(),
        tier: z.enum(RISK_TIERS).nullable(),
        thresholdBps: z.number().int(),
        needsSecondConfirmation: z.boolean(),
        isConfirmed: z.boolean(),
        note: z.string(),
      })
      .nullable(),
    /** A report written elsewhere; whether it is the one that was meant tells `…/advisory`. */
    advisory: z
      .strictObject({
        uri: z.string(),
        reportSha256: z.string(),
        reporterAddress: z.string(),
        heightBlocks: z.string(),
      })
      .nullable(),
  })
  .meta({ id: "RiskGuard" });
export type RiskGuard = z.infer<typeof RiskGuard>;

/** What came of reading a proposal's advisory report. */
export const AdvisoryCheck = z
  .strictObject({
    networkId: z.string(),
    proposalId: z.string(),
    uri: z.string(),
    state: z.enum(["verified", "mismatch", "unreachable", "unsupported"]),
    expectedSha256: z.string(),
    /** Of what was read, in hex; null where nothing was. */
    sha256: z.string().nullable(),
    /** Why nothing was read. */
    reason: z.string().nullable(),
    readAt: z.string(),
  })
  .meta({ id: "AdvisoryCheck" });
export type AdvisoryCheck = z.infer<typeof AdvisoryCheck>;

const Vote = z.strictObject({ option: z.enum(["yes", "abstain", "no", "no_with_veto"]), weight: z.string() });
export const Proposal = z
  .strictObject({
    ...proposal,
    networkId: z.string(),
    readAt: z.string(),
    summary: z.string(),
    proposerAddress: z.string(),
    /** What it would execute, each field as the chain writes it. */
    messages: z.array(
      z.strictObject({ typeUrl: z.string(), fields: z.array(z.strictObject({ path: z.string(), value: z.string() })) }),
    ),
    tally: z.strictObject({ yes: z.string(), abstain: z.string(), no: z.string(), noWithVeto: z.string() }),
    bondedBaseUnits: z.string(),
    quorum: z.string(),
    threshold: z.string(),
    vetoThreshold: z.string(),
    minDepositBaseUnits: z.string(),
    /** What the caller's wallets voted; the chain keeps it until voting ends. */
    votes: z.array(z.strictObject({ address: z.string(), options: z.array(Vote) })),
    /** What the chain's risk guard holds of it; null where the chain has none, and nothing is known of risk or delay. */
    guard: RiskGuard.nullable(),
    /** Why the guard is unknown, though the proposal is read; null where `guard` is the chain's own answer. */
    guardUnknownBecause: z.string().nullable(),
    /** Where the chain is by its recorded blocks; null where none is, or no execution is queued. */
    tipHeightBlocks: z.string().nullable(),
    averageBlockMs: z.number().nullable(),
  })
  .meta({ id: "Proposal" });
export type Proposal = z.infer<typeof Proposal>;
