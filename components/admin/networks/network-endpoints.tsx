"use client";

import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { NetworkEndpoint } from "@/server/domains/chain/networks/schemas";
import { ENDPOINT_JUDGEMENT } from "./network-judgement";

type NetworkEndpointsProps = { networkId: string; endpoints: readonly NetworkEndpoint[] };

/** The pool that the chain is asked through, each with its last known standing. */
export function NetworkEndpoints({ networkId, endpoints }: NetworkEndpointsProps) {
  const client = useTRPCClient();
  const release = useAct(({ url, kind }: NetworkEndpoint) =>
    client.chain.releaseEndpoint.mutate({ networkId, url, kind }),
  );
  return (
    <Panel title="Endpoints" flush>
      <ul className="divide-y text-sm">
        {endpoints.map((endpoint) => (
          <li
            key={endpoint.id}
            className="grid gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[9rem_3rem_minmax(0,1fr)_auto] sm:items-baseline"
          >
            <StateBadge {...ENDPOINT_JUDGEMENT[endpoint.state]} />
            <span className="text-ink-muted uppercase">{endpoint.kind}</span>
            <span className="min-w-0">
              <span className="font-mono text-xs break-all">{endpoint.url}</span>
              {endpoint.reason ? <span className="block text-ink-muted">{endpoint.reason}</span> : null}
            </span>
            <span className="text-ink-muted">
              {endpoint.latencyMs === null ? null : `${endpoint.latencyMs} ms, `}
              {endpoint.checkedAt === null ? "not asked yet" : <AgeText at={endpoint.checkedAt} />}
              {endpoint.state === "quarantined" ? (
                <Button size="small" className="ml-2" busy={release.isBusy} onClick={() => void release.run(endpoint)}>
                  Take back into use
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {release.error ? (
        <p role="alert" className="m-4 rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
          {release.error}
        </p>
      ) : null}
    </Panel>
  );
}
