"use client";

import { useQuery } from "@tanstack/react-query";
import { type ShownError, shownError, useTRPC } from "@/components/data/trpc-client";
import { AgeText } from "@/components/figures/age-text";
import { Quote } from "@/components/figures/quote";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Skeleton } from "@/components/ui/skeleton";
import { decToPercent } from "@/lib/chain/dec";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import { StakePanel } from "../stake/stake-panel";
import type { useStakePreview } from "../stake/use-stake-preview";
import type { WizardNetwork } from "./step-props";
import { type AnswerStep, toRequestFields, type WizardAnswers, type WizardFacts } from "./wizard-answers";

type StepMeaningProps = {
  step: AnswerStep;
  answers: WizardAnswers;
  facts: WizardFacts;
  network: WizardNetwork;
  rules: { minCommissionRate: string; maxValidators: number; unbondingSeconds: number } | undefined;
  /** When the rules were read, ISO 8601. */
  rulesReadAt: string | null;
  rulesError: ShownError | null;
  walletAddress: string;
  stake: ReturnType<typeof useStakePreview>;
};

/** What the decision means, live: the chain's own limits, what is for ever, and what it costs. */
export function StepMeaning({
  step,
  answers,
  facts,
  network,
  rules,
  rulesReadAt,
  rulesError,
  walletAddress,
  stake,
}: StepMeaningProps) {
  const trpc = useTRPC();
  const { selfDelegation } = toRequestFields(answers, facts);
  const hasPlace = answers.regionCode !== "" && answers.tierCode !== "" && /^\d+$/.test(selfDelegation);
  const quote = useQuery(
    trpc.validators.quoteSetup.queryOptions(
      { networkId: network.id, regionCode: answers.regionCode, tierCode: answers.tierCode as "small", selfDelegation },
      { enabled: hasPlace && (step === "placement" || step === "review") },
    ),
  );
  return (
    <div className="grid gap-4 text-sm">
      {step === "commission" || step === "review" ? (
        <div>
          <h2 className="mb-2 text-sm font-semibold">Your balance and this stake</h2>
          <StakePanel
            preview={stake}
            selfDelegation={selfDelegation}
            walletAddress={walletAddress}
            network={network}
            hasFaucet={network.hasFaucet}
          />
        </div>
      ) : null}
      {rulesError ? (
        <UpstreamDown
          upstream={network.displayName}
          sentence={rulesError.message}
          code={rulesError.code}
          shownAt={rulesReadAt ?? undefined}
        />
      ) : null}
      {rules ? (
        <section aria-label="The chain's own limits">
          <h2 className="mb-2 text-sm font-semibold">The chain's own limits</h2>
          <dl className="divide-y border-y">
            <Fact label="Minimum commission" value={`${decToPercent(rules.minCommissionRate)} %`} />
            <Fact label="Validators in the set, at most" value={String(rules.maxValidators)} />
            <Fact label="Unbonding takes" value={formatDuration(rules.unbondingSeconds * 1_000)} />
          </dl>
          {rulesReadAt ? (
            <p className="mt-1.5 text-xs text-ink-muted">
              Read from {network.chainId} <AgeText at={rulesReadAt} />.
            </p>
          ) : null}
        </section>
      ) : rulesError ? null : (
        <Skeleton className="h-38" />
      )}
      {step === "mode" || step === "profile" ? (
        <p className="text-ink-muted">
          The consensus key is made by the node itself, inside its volume. It can never be changed for a validator on
          this chain, so the volume is kept across every redeploy.
        </p>
      ) : null}
      {step === "commission" ? (
        <p className="text-ink-muted">
          Maximum commission and maximum daily change are fixed the moment the validator exists. The commission itself
          may change once a day, within both.
        </p>
      ) : null}
      {step === "placement" && !hasPlace ? (
        <p className="text-ink-muted">What it costs stands here once region and size are chosen.</p>
      ) : null}
      {quote.error ? <p className="text-danger-text">{shownError(quote.error).message}</p> : null}
      {quote.data ? (
        <Quote
          title="What it costs"
          lines={quote.data.lines.map((line) => ({
            label: line.label,
            detail: line.detail,
            amount: line.amount === null ? "known when you sign" : `${groupDigits(line.amount)} ${line.unit}`,
          }))}
          total={{ label: "Charged now", amount: quote.data.isCharged ? "see above" : `0.00 ${quote.data.currency}` }}
          notes={[quote.data.note]}
        />
      ) : null}
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-3 py-1.5">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="text-right whitespace-nowrap">{value}</dd>
    </div>
  );
}
