import type { z } from "zod";
import type { reportAnswer, reportCore } from "@/lib/contracts/agent/report";
import { AGENT_HEARTBEAT_SECONDS } from "@/lib/contracts/agent/version";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { observe } from "@/server/kernel/machine";
import type { AgentAuthority } from "@/server/ports/agent-authority";
import { settleCommands } from "./commands/settle-commands";
import { signedCommand } from "./commands/signed-command";
import { agentMachine } from "./machines";
import { type AgentRow, listOpenCommands } from "./repository";

/** As many commands as one answer carries; the rest come with the next. */
const COMMANDS_PER_ANSWER = 20;

/** The agent was heard of: it is online, and what it says of its commands is taken. A part of the command that keeps its report. */
export async function noteSeen(
  ctx: CommandCtx<string | null>,
  agent: AgentRow,
  report: Pick<z.output<z.ZodObject<typeof reportCore>>, "agentVersion" | "receipts">,
): Promise<void> {
  await observe(ctx, agentMachine, agent, "online", {
    patch: {
      lastSeenAt: ctx.now,
      ...(report.agentVersion === undefined ? {} : { agentVersion: report.agentVersion }),
    },
  });
  await settleCommands(ctx, agent.id, report.receipts);
}

/** What every agent is told in answer to its report. */
export async function answerReport(
  ctx: ServiceCtx<{ readonly agentAuthority: AgentAuthority }>,
  agentId: string,
): Promise<z.output<z.ZodObject<typeof reportAnswer>>> {
  const now = ctx.now();
  const open = await listOpenCommands(ctx.db, agentId, now, COMMANDS_PER_ANSWER);
  return {
    serverTime: now.toISOString(),
    nextReportSeconds: AGENT_HEARTBEAT_SECONDS,
    commands: open.map((command) => signedCommand(ctx.ports.agentAuthority, command)),
  };
}
