"use client";

import type { FailedRead } from "@/components/data/failed-read";
import { useChainTip } from "@/components/data/use-chain-tip";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import type { StakingNetwork } from "./staking-network";

type SilentChainProps = {
  network: StakingNetwork;
  /** Why, once that is known. */
  failure: FailedRead | undefined;
  onRetry: () => void;
  isRetrying: boolean;
};

/** In the place of a wallet's stake while the chain says nothing of it: who is silent, and how old the newest is that is known of the chain. */
export function SilentChain({ network, failure, onRetry, isRetrying }: SilentChainProps) {
  const tipAt = useChainTip(network.id).data?.tipAt;
  const { upstream, sentence, code } = failure ?? {
    upstream: network.displayName,
    sentence: "It is being asked for this wallet's stake and rewards, which stand here as soon as it says them.",
    code: undefined,
  };
  return (
    <Panel flush>
      <UpstreamDown
        upstream={upstream}
        sentence={sentence}
        code={code}
        knownAt={tipAt ?? undefined}
        fills
        onRetry={onRetry}
        isRetrying={isRetrying}
      />
    </Panel>
  );
}
