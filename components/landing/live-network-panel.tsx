"use client";

import { useQuery } from "@tanstack/react-query";
import { DataProvider, shownError, useTRPC } from "@/components/data/trpc-client";
import { UpstreamDown } from "@/components/state/upstream-down";
import { NetworkPanel, type NetworkPanelProps } from "./network-panel";

const REFETCH_MS = 2_000;
const WAITING_REFETCH_MS = 5_000;

/** What the server read while it rendered the page; it stays until the browser has read for itself. */
type LiveNetworkPanelProps = { networkId: string | undefined; first: NetworkPanelProps };

/** The network's blocks, read again every two seconds; when that fails, what is shown stays and says its age. */
export function LiveNetworkPanel(props: LiveNetworkPanelProps) {
  return (
    <DataProvider organizationSlug={null}>
      <Live {...props} />
    </DataProvider>
  );
}

function Live({ networkId, first }: LiveNetworkPanelProps) {
  const trpc = useTRPC();
  const networks = useQuery(
    trpc.chain.listNetworks.queryOptions({}, { enabled: networkId === undefined, refetchInterval: WAITING_REFETCH_MS }),
  );
  const id = networkId ?? networks.data?.[0]?.id;
  const pulse = useQuery(
    trpc.chain.getNetworkPulse.queryOptions(
      { networkId: id ?? "" },
      { enabled: id !== undefined, refetchInterval: REFETCH_MS },
    ),
  );
  if (!pulse.data) return <NetworkPanel {...first} />;
  const error = pulse.error ? shownError(pulse.error) : undefined;
  return (
    <div className="grid gap-2">
      {error ? (
        <UpstreamDown
          upstream="The portal"
          sentence={error.message}
          code={error.code}
          shownAt={new Date(pulse.dataUpdatedAt).toISOString()}
          onRetry={() => void pulse.refetch()}
        />
      ) : null}
      <NetworkPanel status="live" pulse={pulse.data} />
    </div>
  );
}
