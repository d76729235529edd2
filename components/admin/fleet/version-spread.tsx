"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { Meter } from "@/components/figures/meter";
import { Panel } from "@/components/ui/panel";
import type { VersionSpread } from "@/server/domains/fleet/schemas";
import { UNKNOWN_VERSION } from "@/server/domains/validators/constants";

const REFETCH_MS = 30_000;

/** How many nodes of each network run which version, as bars. */
export function VersionSpreadPanel({ initial }: { initial: VersionSpread | undefined }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.fleet.getVersionSpread.queryOptions(
      {},
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  return (
    <Panel title="Versions">
      {read.data === undefined ? (
        <p className="text-sm text-ink-muted">
          {read.error ? `The versions could not be read: ${shownError(read.error).message}` : "Reading the versions."}
        </p>
      ) : read.data.networks.length === 0 ? (
        <p className="text-sm text-ink-muted">No node runs yet.</p>
      ) : (
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {read.data.networks.map(({ networkId, networkName, nodes, versions }) => (
            <section key={networkId} className="grid min-w-0 content-start gap-2">
              <h3 className="text-sm font-medium break-words">{networkName}</h3>
              {versions.map((one) => (
                <Meter
                  key={one.version}
                  label={one.version}
                  value={one.nodes}
                  max={nodes}
                  valueText={`${one.nodes} of ${nodes}`}
                  state={one.version === UNKNOWN_VERSION ? "unknown" : "moving"}
                />
              ))}
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}
