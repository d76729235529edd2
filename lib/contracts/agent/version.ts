/** Version of the protocol between agents and the control plane; another one is refused with the versions that are spoken. */
export const AGENT_PROTOCOL_VERSION = 1;

/** Programs on machines that are not ours to look into: a node that a person runs, and a host that nodes are put on. */
export const AGENT_KINDS = ["validator", "server"] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** How often an agent reports, and after how long without a report it is offline. */
export const AGENT_HEARTBEAT_SECONDS = 30;
export const AGENT_OFFLINE_AFTER_SECONDS = 300;

/** Where the control plane publishes the key that signs its commands. */
export const AGENT_AUTHORITY_PATH = "/.well-known/omniphi-agent.json";

/** Where the program for people's machines is downloaded. */
export const AGENT_PROGRAM_PATH = "/agent/omniphi-agent.mjs";
