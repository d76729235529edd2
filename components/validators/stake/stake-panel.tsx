"use client";

import { useMutation } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { AgeText } from "@/components/figures/age-text";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { missingCoins, rankSentence, type StakeDenom, stakeAmount } from "./stake-words";
import type { useStakePreview } from "./use-stake-preview";

type StakePanelProps = {
  preview: ReturnType<typeof useStakePreview>;
  /** Base units. */
  selfDelegation: string;
  walletAddress: string;
  network: StakeDenom & { readonly id: string; readonly displayName: string };
  /** Whether the network gives test coins. */
  hasFaucet: boolean;
  /** The one primary act of its view is the faucet while coins are missing. */
  isFaucetPrimary?: boolean;
};

/** What the wallet holds, what is bonded, the fee, what remains, and where the stake would stand; with the faucet where there is one. */
export function StakePanel(props: StakePanelProps) {
  const { preview, selfDelegation, network, hasFaucet, isFaucetPrimary = false } = props;
  const trpc = useTRPC();
  const drip = useMutation(trpc.chain.requestDrip.mutationOptions({ onSuccess: () => void preview.refetch() }));
  if (!/^[1-9]\d*$/.test(selfDelegation)) {
    return <p className="text-sm text-ink-muted">What it comes to stands here once an amount is entered.</p>;
  }
  const amount = (baseUnits: string) => stakeAmount(baseUnits, network);
  const { data } = preview;
  const missing = data ? missingCoins(data) : null;
  const failure = preview.error ? shownError(preview.error) : null;
  return (
    <section aria-label="Your balance and this stake" className="grid gap-3 text-sm">
      {failure ? (
        <UpstreamDown
          upstream={network.displayName}
          sentence={failure.message}
          code={failure.code}
          shownAt={data?.readAt}
          onRetry={() => void preview.refetch()}
        />
      ) : null}
      {data ? (
        <>
          <dl className="divide-y border-y">
            <Row label="You can spend" value={amount(data.spendableBaseUnits)} />
            <Row label="Self-delegation" value={amount(selfDelegation)} />
            <Row label="Fee, about" value={amount(data.feeBaseUnits)} />
            <Row
              label={missing === null ? "Remains" : "Missing"}
              value={amount(missing ?? data.remainsBaseUnits)}
              isWrong={missing !== null}
            />
            <Row
              label="Lowest stake in the set"
              value={data.lowestBonded === null ? "nobody signs yet" : amount(data.lowestBonded)}
            />
          </dl>
          <p className={data.wouldJoinSet ? "text-ink-muted" : "text-attention-text"}>{rankSentence(data, network)}</p>
          <p className="text-xs text-ink-muted">
            Read from the chain <AgeText at={data.readAt} />.
          </p>
        </>
      ) : failure ? null : (
        <Skeleton className="h-44" />
      )}
      {hasFaucet ? (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            kind={isFaucetPrimary && missing !== null ? "primary" : "secondary"}
            busy={drip.isPending}
            onClick={() => drip.mutate({ networkId: network.id, address: props.walletAddress })}
          >
            Get test coins
          </Button>
          <p role="status" className="min-w-0 text-ink-muted">
            {drip.data ? `${amount(drip.data.amountBaseUnits)} arrived.` : ""}
            {drip.error ? <span className="text-danger-text">{shownError(drip.error).message}</span> : null}
          </p>
        </div>
      ) : missing === null ? null : (
        <p className="text-attention-text">Send {amount(missing)} more to this wallet, then go on.</p>
      )}
    </section>
  );
}

function Row({ label, value, isWrong }: { label: string; value: string; isWrong?: boolean }) {
  return (
    <div className="flex justify-between gap-3 py-1.5">
      <dt className="text-ink-muted">{label}</dt>
      <dd className={isWrong ? "text-right font-medium text-danger-text" : "text-right"}>{value}</dd>
    </div>
  );
}
