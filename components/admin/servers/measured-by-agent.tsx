import { EvidenceTip } from "@/components/figures/evidence-tip";
import { UnknownText } from "@/components/figures/unknown-text";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";

type MeasuredByAgentProps = {
  server: Pick<RegionServer, "status" | "lastHeartbeatAt">;
  /** As it is shown, with its unit; null when it was not measured. */
  value: string | null;
  source?: string;
};

/** A figure that a server's agent measured, with its age; drawn as unknown, with why, where it did not. */
export function MeasuredByAgent({ server, value, source = "The server's own agent" }: MeasuredByAgentProps) {
  if (value === null) {
    const reason =
      server.lastHeartbeatAt === null
        ? "No agent has reported for this server yet."
        : "The agent did not measure this with its last report.";
    return <UnknownText reason={reason} />;
  }
  return (
    <EvidenceTip evidence={{ source, ...(server.lastHeartbeatAt ? { at: server.lastHeartbeatAt } : {}) }}>
      {value}
    </EvidenceTip>
  );
}
