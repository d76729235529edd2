import type { AgentCommandStatus, AgentStatus } from "@/db/states/agents";
import type { TransitionTable } from "@/server/kernel/states";

/** Agent: silent and back as it is heard of; revoked is for ever, and a machine that is wanted again is enrolled anew. */
export const AGENT_MOVES: TransitionTable<AgentStatus> = {
  enrolled: ["online", "revoked"],
  online: ["offline", "revoked"],
  offline: ["online", "revoked"],
  revoked: [],
};

/** Command: sent until the agent tells what became of it, or until its time is over; a late word on an expired one still counts. */
export const COMMAND_MOVES: TransitionTable<AgentCommandStatus> = {
  queued: ["done", "refused", "expired"],
  expired: ["done", "refused"],
  done: [],
  refused: [],
};
