"use client";

import { AddressText } from "@/components/figures/address-text";
import { type Fact, FactList } from "@/components/figures/fact-list";
import { StateBadge } from "@/components/state/state-badge";
import { StepTimeline } from "@/components/state/step-timeline";
import type { StepState } from "@/components/state/step-timing";
import { Panel } from "@/components/ui/panel";
import { EXECUTION_GATES } from "@/lib/chain/risk-guard";
import { formatDuration } from "@/lib/format/format-duration";
import { formatShare } from "@/lib/format/format-percent";
import { groupDigits } from "@/lib/format/group-digits";
import type { Proposal, RiskGuard } from "@/server/domains/staking/governance/schemas";
import { AdvisoryReport } from "./advisory-report";
import { GATE_WORDS, TIER_JUDGEMENT } from "./risk-guard-words";

type Judgement = NonNullable<RiskGuard["report"]>["rules"];
type Queued = NonNullable<RiskGuard["queued"]>;

/** How risky the chain's guard holds a proposal, how far its execution is, and the report that it points to. */
export function RiskGuardPanel({ proposal }: { proposal: Proposal }) {
  const { guard } = proposal;
  if (guard === null) {
    return (
      <Panel title="Risk guard">
        <p className="text-sm text-pretty text-ink-muted">
          {proposal.guardUnknownBecause === null
            ? "This chain has no risk guard that could be asked, so nothing is known of risk tier or delay."
            : `What its risk guard holds is unknown: ${proposal.guardUnknownBecause}`}
        </p>
      </Panel>
    );
  }
  const { report, queued, advisory } = guard;
  return (
    <Panel title="Risk guard" flush>
      {report === null && queued === null ? (
        <p className="px-4 py-3 text-sm text-pretty text-ink-muted">
          The chain&apos;s risk guard has not judged it yet; it does once voting has ended.
        </p>
      ) : null}
      {report === null ? null : <FactList facts={reportFacts(report)} />}
      {queued === null ? null : <Execution queued={queued} proposal={proposal} />}
      {advisory === null ? null : (
        <div className="grid gap-1.5 border-t px-4 py-3 text-sm">
          <AdvisoryReport networkId={proposal.networkId} proposalId={proposal.proposalId} uri={advisory.uri} />
          <p className="text-ink-muted">
            Linked by <AddressText value={advisory.reporterAddress} kind="account" /> at block{" "}
            {groupDigits(advisory.heightBlocks)}.
          </p>
        </div>
      )}
    </Panel>
  );
}

function reportFacts({ rules, model, reasonCodes }: NonNullable<RiskGuard["report"]>): Fact[] {
  return [
    { label: `By rules (${rules.modelVersion || "no version"})`, value: <JudgementText {...rules} /> },
    ...(model === null
      ? []
      : [{ label: `By the chain's model (${model.modelVersion})`, value: <JudgementText {...model} /> }]),
    { label: "Reasons", value: reasonCodes.length === 0 ? "none given" : reasonCodes.join(", ") },
  ];
}

function JudgementText({ tier, score, delayBlocks, thresholdBps }: Judgement) {
  return (
    <span className="grid justify-items-end gap-0.5">
      {tier === null ? <span>no tier</span> : <StateBadge {...TIER_JUDGEMENT[tier]} />}
      <span className="text-ink-muted">
        {score} of 100; waits {groupDigits(delayBlocks)} blocks; asks for {formatShare(BigInt(thresholdBps), 10_000n)}{" "}
        yes
      </span>
    </span>
  );
}

/** The gates in their order, and when the chain may execute it at the soonest. */
function Execution({ queued, proposal }: { queued: Queued; proposal: Proposal }) {
  const at = queued.gate === null ? -1 : EXECUTION_GATES.indexOf(queued.gate);
  const gates = EXECUTION_GATES.filter((gate) =>
    queued.gate === "aborted" ? gate !== "executed" : gate !== "aborted",
  );
  const stateOf = (gate: (typeof EXECUTION_GATES)[number]): StepState => {
    const place = EXECUTION_GATES.indexOf(gate);
    if (place === at) return gate === "aborted" ? "failed" : gate === "executed" ? "done" : "running";
    return place < at ? "done" : "waiting";
  };
  return (
    <div className="grid gap-3 border-t px-4 py-3 text-sm">
      <p className="text-pretty">{executionSentence(queued, proposal)}</p>
      <StepTimeline
        label="Gates of its execution"
        steps={gates.map((gate) => ({ id: gate, label: GATE_WORDS[gate], state: stateOf(gate) }))}
      />
      {queued.note === "" ? null : <p className="text-ink-muted">{queued.note}</p>}
    </div>
  );
}

function executionSentence(
  { gate, earliestHeightBlocks, needsSecondConfirmation, isConfirmed }: Queued,
  proposal: Proposal,
) {
  if (gate === "executed") return "The chain executed it.";
  if (gate === "aborted") return "The guard gave its execution up.";
  const earliest = `Executed at block ${groupDigits(earliestHeightBlocks)} at the soonest`;
  const confirmation = needsSecondConfirmation && !isConfirmed ? " It waits for a second confirmation as well." : "";
  const { tipHeightBlocks, averageBlockMs } = proposal;
  if (tipHeightBlocks === null) return `${earliest}.${confirmation}`;
  const left = BigInt(earliestHeightBlocks) - BigInt(tipHeightBlocks);
  if (left <= 0n) return `${earliest}, which has come.${confirmation}`;
  const time = averageBlockMs === null ? "" : `, about ${formatDuration(Number(left) * averageBlockMs)}`;
  return `${earliest}: ${groupDigits(left.toString())} ${left === 1n ? "block" : "blocks"} from now${time}.${confirmation}`;
}
