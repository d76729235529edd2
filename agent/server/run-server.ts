import { loadavg, platform, uptime } from "node:os";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import type { AgentState } from "../core/agent-state";
import { AGENT_VERSION } from "../core/agent-version";
import { sendSigned } from "../core/control-plane";
import type { createMachineFacts } from "../core/machine-facts";
import { obey } from "../core/obey";
import type { HostedNodes } from "./hosted-nodes";

const ReportAnswer = z.object({ commands: z.array(z.unknown()) });

/** How long the last report took; told with the next one, since no report can tell of itself. */
export type RoundTrip = { lastMs: number | null };

const WORDS = {
  drain: "No new node comes to this server any more; what is on it stays until it is moved.",
  resume: "This server takes nodes again.",
} as const;

/** Measures the machine, counts the nodes on it, reports both, and takes note of what the answer asks. */
export async function reportServerOnce(
  state: AgentState,
  place: { readonly regionCode: string; readonly serverId: string },
  read: { readonly facts: ReturnType<typeof createMachineFacts>; readonly nodes: () => Promise<HostedNodes> },
  roundTrip: RoundTrip,
  log: (line: string) => void,
): Promise<unknown> {
  const { onBattery: _battery, maySleep: _sleep, ...measured } = await read.facts();
  const body = {
    ...measured,
    // Windows keeps no load average and answers zeros.
    loadAverage: platform() === "win32" ? null : (loadavg()[0] ?? null),
    uptimeSeconds: Math.floor(uptime()),
    lastRoundTripMs: roundTrip.lastMs,
    nodes: await read.nodes(),
    agentVersion: AGENT_VERSION,
    receipts: state.receipts.slice(-20),
  };
  roundTrip.lastMs = null;
  const sentAt = performance.now();
  const raw = await sendSigned(state, `/api/v1/regions/${place.regionCode}/servers/${place.serverId}/heartbeat`, body);
  roundTrip.lastMs = Math.round(performance.now() - sentAt);
  await obey(state, "server", ReportAnswer.parse(raw).commands, ({ kind }) => {
    if (kind === "drain" || kind === "resume") log(WORDS[kind]);
  });
  return raw;
}
