import { z } from "zod";
import { AGENT_PROTOCOL_VERSION } from "./version";

/** What the control plane may ask of each kind of agent; an agent refuses what is not in its own list. */
export const AGENT_COMMANDS = {
  /** Say loudly that another machine signs with the same key. */
  validator: ["warn-duplicate-signer"],
  /** Take no new nodes, or take them again. */
  server: ["drain", "resume"],
} as const;
export const AGENT_COMMAND_KINDS = [...AGENT_COMMANDS.validator, ...AGENT_COMMANDS.server] as const;
export type AgentCommandKind = (typeof AGENT_COMMAND_KINDS)[number];

/** A command on its way. It may come more than once: its id says which one it is. */
export const AgentCommand = z.strictObject({
  version: z.literal(AGENT_PROTOCOL_VERSION),
  commandId: z.string().max(60),
  agentId: z.string().max(60),
  kind: z.enum(AGENT_COMMAND_KINDS),
  /** Facts for people and programs, as text. */
  payload: z.record(z.string().max(60), z.string().max(500)),
  issuedAt: z.iso.datetime(),
  /** Not to be done after this. */
  expiresAt: z.iso.datetime(),
  /** By the platform's key, base64url. */
  signature: z.string().max(86),
});
export type AgentCommand = z.infer<typeof AgentCommand>;

/** The bytes that the platform signs; payload in the order of its names. */
export const commandBytes = (command: Omit<AgentCommand, "signature">): Uint8Array =>
  new TextEncoder().encode(
    [
      `omniphi-agent-command/${command.version}`,
      command.commandId,
      command.agentId,
      command.kind,
      command.issuedAt,
      command.expiresAt,
      JSON.stringify(Object.entries(command.payload).sort(([one], [other]) => (one < other ? -1 : 1))),
    ].join("\n"),
  );

/** What became of a command, told with the next report until the control plane stops sending it. */
export const CommandReceipt = z.strictObject({
  commandId: z.string().max(60),
  outcome: z.enum(["done", "refused"]),
  /** Why it was refused. */
  message: z.string().max(300).optional(),
});
export type CommandReceipt = z.infer<typeof CommandReceipt>;
