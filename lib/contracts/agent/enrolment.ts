import { z } from "zod";
import { AGENT_PROTOCOL_VERSION } from "./version";

/** Raw 32 bytes of an Ed25519 public key in base64: an agent's, a node's or the platform's. */
export const Ed25519KeyText = z
  .string()
  .max(44, { abort: true, error: "a public key of 32 bytes in base64" })
  .regex(/^[A-Za-z0-9+/]{43}=$/, "a public key of 32 bytes in base64")
  .meta({ examples: ["LCmdZjGVcU6tT4c9cIhJ9tJp2k5pVq3yQf0m1vS8w7A="] });

/** Name of a machine as its agent keeps it: random, made once, and not told by any hardware. */
export const MachineIdText = z
  .string()
  .max(64, { abort: true, error: "8 to 64 letters, digits, dots and dashes" })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/, "8 to 64 letters, digits, dots and dashes")
  .meta({ examples: ["machine-9f86d081884c7d65"] });

export const AgentVersionText = z
  .string()
  .max(40, { abort: true, error: "a version such as 1.2.3" })
  .regex(/^[0-9A-Za-z][0-9A-Za-z.+-]*$/, "a version such as 1.2.3");

/** Ed25519 signature of 64 bytes in base64url. */
export const AgentSignatureText = z
  .string()
  .max(86, { abort: true, error: "a signature of 64 bytes in base64url" })
  .regex(/^[A-Za-z0-9_-]{86}$/, "a signature of 64 bytes in base64url")
  .meta({ examples: ["A".repeat(86)] });

/** What an agent sends once, with a token that is good once: its own key, and a signature by it that the token is meant for this key. */
export const EnrolAgentBody = z.strictObject({
  version: z.number().int().min(1).max(1_000),
  token: z.string().max(200, { abort: true, error: "an enrolment token" }),
  publicKey: Ed25519KeyText,
  machineId: MachineIdText,
  agentVersion: AgentVersionText,
  /** Consensus key of the node that a `validator` agent stands beside; null for the other kinds. */
  consensusPubkey: Ed25519KeyText.nullable(),
  signature: AgentSignatureText,
});
export type EnrolAgentBody = z.infer<typeof EnrolAgentBody>;

/** The bytes that an enrolling agent signs. */
export const enrolmentBytes = (body: Omit<EnrolAgentBody, "signature" | "agentVersion">): Uint8Array =>
  new TextEncoder().encode(
    [
      `omniphi-agent-enrolment/${AGENT_PROTOCOL_VERSION}`,
      body.token,
      body.publicKey,
      body.machineId,
      body.consensusPubkey ?? "-",
    ].join("\n"),
  );

/** The bytes by which an agent says that its node's consensus key is this one, for this request and no other. */
export const keyProofBytes = (claim: {
  readonly setupRequestId: string;
  readonly generation: number;
  readonly consensusPubkey: string;
}): Uint8Array =>
  new TextEncoder().encode(
    [
      `omniphi-agent-key-proof/${AGENT_PROTOCOL_VERSION}`,
      claim.setupRequestId,
      String(claim.generation),
      claim.consensusPubkey,
    ].join("\n"),
  );
