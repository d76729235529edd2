"use client";

import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { StateBadge } from "@/components/state/state-badge";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import type { LocalMachine } from "@/server/domains/validators/local/schemas";
import { MachineWarnings } from "./machine-warnings";
import { machineJudgement } from "./machine-words";

/** The node on its owner's machine as that machine last reported it; what it does not tell is unknown. */
export function MachinePanel({ machine }: { machine: LocalMachine | null }) {
  if (machine === null) {
    return <p className="text-sm text-ink-muted">No machine has reported this validator's node yet.</p>;
  }
  const orUnknown = (value: string | null) => value ?? <UnknownText reason="The machine does not tell." />;
  const percent = (value: number | null) => orUnknown(value === null ? null : `${value} %`);
  return (
    <Panel flush>
      <MachineWarnings machine={machine} />
      <FactList
        layout="page"
        facts={[
          {
            label: "State",
            value: (
              <>
                <StateBadge {...machineJudgement(machine)} /> <span className="ml-2">{machine.machineName}</span>
              </>
            ),
          },
          { label: "Last report", value: <AgeText at={machine.lastSeen} /> },
          { label: "Height", value: <span className="font-mono">{groupDigits(String(machine.blockHeight))}</span> },
          { label: "Peers", value: orUnknown(machine.peerCount?.toString() ?? null) },
          {
            label: "Highest height ever signed for",
            value: machine.lastSignState ? (
              <span className="font-mono">{groupDigits(machine.lastSignState.height)}</span>
            ) : (
              <UnknownText reason="The node's sign state is not on this machine." />
            ),
          },
          {
            label: "Version",
            value: orUnknown(
              machine.binaryVersion === null && machine.nodeVersion === null
                ? null
                : `${machine.binaryVersion ?? "unknown"}${machine.nodeVersion ? ` (CometBFT ${machine.nodeVersion})` : ""}`,
            ),
          },
          { label: "Agent", value: orUnknown(machine.agentVersion) },
          { label: "Agent runs for", value: formatDuration(machine.uptimeSeconds * 1_000) },
          { label: "System", value: orUnknown([machine.osType, machine.osVersion].filter(Boolean).join(" ") || null) },
          { label: "Processor", value: percent(machine.cpuPercent) },
          { label: "Memory", value: percent(machine.memoryPercent) },
          { label: "Disk", value: percent(machine.diskPercent) },
          { label: "Machine id", value: <span className="font-mono text-xs">{machine.machineId}</span> },
        ]}
      />
    </Panel>
  );
}
