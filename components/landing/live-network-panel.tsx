"use client";

import { useQuery } from "@tanstack/react-query";
import { DataProvider, shownError, useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import { UpstreamDown } from "@/components/state/upstream-down";
import { NetworkPanel, type NetworkPanelProps } from "./network-panel";

/** What the server read while it rendered the page; it stays until the browser has read for itself. */
type LiveNetworkPanelProps = { networkId: string | undefined; first: NetworkPanelProps };

/** The network's blocks, as they are made; when that fails, what is shown stays and says its age. */
export function LiveNetworkPanel(props: LiveNetworkPanelProps) {
  return (
    <DataProvider organizationSlug={null}>
      <Live {...props} />
    </DataProvider>
  );
}

function Live({ networkId, first }: LiveNetworkPanelProps) {
  const trpc = useTRPC();
  const isWaiting = networkId === undefined;
  const networksPace = useLiveRead(trpc.chain.listNetworks.queryKey({}), isWaiting);
  const networks = useQuery(trpc.chain.listNetworks.queryOptions({}, { ...networksPace, enabled: isWaiting }));
  const id = networkId ?? networks.data?.[0]?.id;
  const ofPulse = { networkId: id ?? "" };
  const pulsePace = useLiveRead(trpc.chain.getNetworkPulse.queryKey(ofPulse), id !== undefined);
  const pulse = useQuery(trpc.chain.getNetworkPulse.queryOptions(ofPulse, { ...pulsePace, enabled: id !== undefined }));
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
