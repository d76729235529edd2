"use client";

import { AgeText } from "@/components/figures/age-text";
import { AmountText, type Denom } from "@/components/figures/amount-text";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { Figure, FigureRow } from "@/components/figures/figure";
import { Meter } from "@/components/figures/meter";
import { UnknownText } from "@/components/figures/unknown-text";
import { Skeleton } from "@/components/ui/skeleton";
import { decToPercent } from "@/lib/chain/dec";
import { groupDigits } from "@/lib/format/group-digits";
import type { MissBudget } from "@/server/domains/chain/mirror/schemas";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import { LagCourse } from "./history/lag-course";
import { StakeCourse } from "./history/stake-course";

type ValidatorFiguresProps = {
  /** Null while it is not known: being read where `chainError` is null too, else why not. */
  validator: {
    tokensBaseUnits: string;
    status: string;
    isJailed: boolean;
    commissionRate: string;
    commissionMaxRate: string;
  } | null;
  chainError: string | null;
  /** The chain answered that it has no such validator, so there is nothing to wait for. */
  isGone: boolean;
  readAt: string | null;
  budget: MissBudget | null;
  budgetError: string | null;
  node: NodeView | null;
  denom: Denom;
  setup: { id: string; networkId: string; operatorAddress: string };
};

const counted = (count: number, one: string): string => `${groupDigits(count)} ${count === 1 ? one : `${one}s`}`;
const lagWords = (blocks: number | null): string =>
  blocks === null ? "lag unknown" : `${counted(blocks, "block")} behind`;
const peerWords = (peers: number | null): string => (peers === null ? "peers unknown" : counted(peers, "peer"));

/** Stake, commission, misses and node, each with where it comes from and how old it is; unknown is said to be unknown. */
export function ValidatorFigures({
  validator,
  chainError,
  isGone,
  readAt,
  budget,
  budgetError,
  node,
  denom,
  setup,
}: ValidatorFiguresProps) {
  const unknown = isGone ? (
    "none"
  ) : chainError === null ? (
    <Skeleton className="h-6 w-24" />
  ) : (
    <UnknownText reason={chainError} />
  );
  // The chain sets its count back at the jail: what is left of it says nothing until the release.
  const isJailed = validator?.isJailed ?? false;
  const evidence = { source: "Staking module of the chain", ...(readAt ? { at: readAt } : {}) };
  return (
    <FigureRow>
      <Figure
        label="Stake"
        value={
          validator ? (
            <EvidenceTip evidence={evidence}>
              <AmountText amountBaseUnits={validator.tokensBaseUnits} denom={denom} />
            </EvidenceTip>
          ) : (
            unknown
          )
        }
        detail={validator ? validator.status : undefined}
        picture={
          isGone ? undefined : (
            <StakeCourse networkId={setup.networkId} operatorAddress={setup.operatorAddress} denom={denom} />
          )
        }
      />
      <Figure
        label="Commission"
        value={
          validator ? (
            <EvidenceTip evidence={evidence}>{`${decToPercent(validator.commissionRate)} %`}</EvidenceTip>
          ) : (
            unknown
          )
        }
        detail={validator ? `at most ${decToPercent(validator.commissionMaxRate)} %, for ever` : undefined}
      />
      <Figure
        label="Misses left before jail"
        value={
          isJailed ? (
            "jailed"
          ) : budget ? (
            <EvidenceTip
              evidence={{
                source: "Slashing module: window x (1 - minimum signed)",
                at: budget.syncedAt,
                heightBlocks: Number(budget.syncedHeightBlocks),
              }}
            >
              {groupDigits(budget.left)}
            </EvidenceTip>
          ) : isGone ? (
            "none"
          ) : budgetError === null ? (
            <Skeleton className="h-6 w-24" />
          ) : (
            <UnknownText reason={budgetError} />
          )
        }
        detail={
          isJailed ? (
            "counted anew once it is released"
          ) : budget ? (
            <>
              {groupDigits(budget.missed)} of {groupDigits(budget.allowedMisses)} allowed in{" "}
              {groupDigits(budget.windowBlocks)} blocks
              {chainError === null ? null : (
                <>
                  {" "}
                  · <AgeText at={budget.syncedAt} />
                </>
              )}
            </>
          ) : undefined
        }
        picture={
          budget && !isJailed ? (
            <Meter
              label="Misses used"
              wordsHidden
              value={budget.missed}
              max={budget.allowedMisses}
              valueText={`${budget.missed} of ${budget.allowedMisses}`}
              state={budget.left < budget.allowedMisses / 4 ? "danger" : budget.missed > 0 ? "attention" : "ok"}
            />
          ) : undefined
        }
      />
      <Figure
        label="Node height"
        value={
          node?.lastBlockHeight ? (
            groupDigits(node.lastBlockHeight)
          ) : (
            <UnknownText reason={node?.lastCheckError ?? "The node has not told a height yet."} />
          )
        }
        detail={
          node ? (
            <>
              {node.status === "stopped" ? "stopped" : `${lagWords(node.lagBlocks)}, ${peerWords(node.peerCount)}`}
              {node.lastSeenAt ? (
                <>
                  {" "}
                  · <AgeText at={node.lastSeenAt} />
                </>
              ) : null}
            </>
          ) : undefined
        }
        picture={<LagCourse setupRequestId={setup.id} />}
      />
    </FigureRow>
  );
}
