"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { useChainTip } from "@/components/data/use-chain-tip";
import { useLiveRead } from "@/components/data/use-live";
import { useNow } from "@/components/figures/use-now";
import { NetworkStatus } from "./network-status";

const LATE_AFTER_MS = 20_000;
/** A chain that made no block for this long, while we can read it, is said to be halted. */
const HALTED_AFTER_MS = 60_000;

/** The network in use, followed; what is not known says why. */
export function LiveNetworkStatus() {
  const trpc = useTRPC();
  const nowMs = useNow();
  const networksPace = useLiveRead(trpc.chain.listNetworks.queryKey({}));
  const networks = useQuery(trpc.chain.listNetworks.queryOptions({}, networksPace));
  const network = networks.data?.[0];
  const status = useChainTip(network?.id);
  if (!network) {
    const reason = networks.error
      ? shownError(networks.error).message
      : networks.data
        ? "The local chain is still being built or started; it appears here by itself."
        : "Reading the list of networks.";
    return (
      <NetworkStatus
        name={networks.data ? "No network" : "Network"}
        chainId="none"
        state="unknown"
        word={networks.data ? "Not registered yet" : networks.error ? "Not known" : "Being read"}
        reason={reason}
      />
    );
  }
  const base = { name: network.displayName, chainId: network.chainId };
  const tip = status.data;
  if (!tip?.tipHeightBlocks || !tip.tipAt) {
    if (status.isPending) return <NetworkStatus {...base} state="unknown" word="Being read" />;
    const reason = status.error ? shownError(status.error).message : "The watcher has not recorded a block yet.";
    return <NetworkStatus {...base} state="unknown" word="No reading yet" reason={reason} />;
  }
  const silentMs = nowMs - Date.parse(tip.tipAt);
  const verdict = status.error
    ? ({ state: "unknown", word: "Not read now" } as const)
    : silentMs > HALTED_AFTER_MS
      ? ({ state: "danger", word: tip.isReachable ? "Halted" : "Not reachable" } as const)
      : silentMs > LATE_AFTER_MS
        ? ({ state: "attention", word: "No new block" } as const)
        : ({ state: "ok", word: "Live" } as const);
  return (
    <NetworkStatus
      {...base}
      {...verdict}
      heightBlocks={Number(tip.tipHeightBlocks)}
      blockAt={tip.tipAt}
      reason={status.error ? shownError(status.error).message : undefined}
    />
  );
}
