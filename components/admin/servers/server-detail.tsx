"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { DetailColumns, DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { Panel } from "@/components/ui/panel";
import { RegionName } from "@/components/validators/region-name";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";
import { MeasuredByAgent } from "./measured-by-agent";
import { ServerActs } from "./server-acts";
import { ServerFigures } from "./server-figures";
import { serverJudgement, serverSentence } from "./server-sentence";

const REFETCH_MS = 10_000;
const TRAIL = [{ href: "/admin/servers", label: "Servers" }];
const none = (words: string) => <span className="text-ink-muted">{words}</span>;

/** One server as an operator sees it: how it stands, what it measured, what is on it, and the acts on it. */
export function ServerDetail({ serverId, initial }: { serverId: string; initial: RegionServer | undefined }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.regions.getServer.queryOptions(
      { serverId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  return (
    <DetailRead kind="Server" id={serverId} trail={TRAIL} subject="This server's record" read={read}>
      {(server, stale) => (
        <DetailPage
          title={server.hostname}
          trail={TRAIL}
          facts={
            <>
              <span>
                <RegionName code={server.regionCode} />
              </span>
              <span className="inline-flex items-center gap-1">
                Server <AddressText value={server.id} kind="server id" />
              </span>
            </>
          }
          actions={<ServerActs server={server} />}
          sentence={{ ...serverJudgement(server), children: serverSentence(server) }}
          stale={stale}
        >
          <ServerFigures server={server} />
          <DetailColumns side={<ServerFacts server={server} />}>
            <ServerNodes server={server} />
          </DetailColumns>
        </DetailPage>
      )}
    </DetailRead>
  );
}

function ServerFacts({ server }: { server: RegionServer }) {
  const uptime = server.uptimeSeconds === null ? null : formatDuration(server.uptimeSeconds * 1_000);
  return (
    <Panel title="Machine" flush>
      <FactList
        facts={[
          { label: "Address", value: <span className="font-mono text-xs">{server.ipAddress}</span> },
          {
            label: "Internal address",
            value: server.internalIp ? <span className="font-mono text-xs">{server.internalIp}</span> : none("none"),
          },
          { label: "Provider", value: server.provider },
          {
            label: "Size, as registered",
            value: `${server.machineType}: ${groupDigits(server.cpuCores)} cores, ${groupDigits(server.memoryGb)} GB memory, ${groupDigits(server.diskGb)} GB disk`,
          },
          { label: "Nodes at most", value: groupDigits(server.maxValidators) },
          { label: "Runs for", value: <MeasuredByAgent server={server} value={uptime} /> },
          { label: "Agent", value: <MeasuredByAgent server={server} value={server.agentVersion} /> },
          {
            label: "Last heard of",
            value: server.lastHeartbeatAt ? <AgeText at={server.lastHeartbeatAt} /> : none("not yet"),
          },
          { label: "Enrolled", value: server.enrolledAt ? <AgeText at={server.enrolledAt} /> : none("not yet") },
        ]}
      />
    </Panel>
  );
}

function ServerNodes({ server: { nodes, lastHeartbeatAt } }: { server: RegionServer }) {
  return (
    <Panel title="Nodes on it" flush={nodes !== null && nodes.length > 0}>
      {nodes === null ? (
        <p className="text-sm text-ink-muted">
          {lastHeartbeatAt === null
            ? "Not known: no agent has reported for this server yet."
            : "Not known: the container engine is there and did not answer its agent."}
        </p>
      ) : nodes.length === 0 ? (
        <p className="text-sm text-ink-muted">
          {lastHeartbeatAt ? (
            <>
              Its agent found no container of ours <AgeText at={lastHeartbeatAt} />.
            </>
          ) : null}
        </p>
      ) : (
        <FactList
          facts={nodes.map(({ name, state }) => ({
            label: name,
            value: state,
          }))}
        />
      )}
    </Panel>
  );
}
