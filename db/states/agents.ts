/** States of an agent: known by its key, reporting, silent, and never again. */
export const AGENT_STATUSES = ["enrolled", "online", "offline", "revoked"] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** What became of a command to an agent. */
export const AGENT_COMMAND_STATUSES = ["queued", "done", "refused", "expired"] as const;
export type AgentCommandStatus = (typeof AGENT_COMMAND_STATUSES)[number];
