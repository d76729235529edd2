import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { orderAgent } from "./commands/order";
import { ENROLMENT_TTL_SECONDS } from "./constants";
import { agentsDomain } from "./domain";
import { agentMachine } from "./machines";
import { deleteEnrolmentsOf, insertEnrolment, listAgentsOf } from "./repository";

/** Ends the thing's agents for good, and the tokens that would let one in; a part of the command of the domain whose thing it is. */
export async function dismissAgentsOf(ctx: CommandCtx<string | null>, subjectId: string): Promise<void> {
  await deleteEnrolmentsOf(ctx.tx, subjectId);
  for (const agent of await listAgentsOf(ctx.tx, subjectId)) {
    await move(ctx, agentMachine, agent, "revoked", { patch: { revokedAt: ctx.now } });
  }
}

/**
 * Lets one of the platform's own hosts in by a token: whoever comes with it becomes the thing's agent, and one that it had before is dismissed.
 * The caller has minted the token and audits who asked for it.
 */
export async function openServerEnrolment(
  ctx: CommandCtx<string | null>,
  host: { readonly subjectId: string; readonly name: string; readonly tokenHash: string },
): Promise<{ readonly expiresAt: Date }> {
  await dismissAgentsOf(ctx, host.subjectId);
  const expiresAt = new Date(ctx.now.getTime() + ENROLMENT_TTL_SECONDS * 1_000);
  const id = agentsDomain.newId("enrolment");
  await insertEnrolment(ctx.tx, { ...host, id, kind: "server", createdAt: ctx.now, expiresAt });
  return { expiresAt };
}

/** Tells the thing's agents, where it has any, to do that with their next report. */
export async function orderServerAgents(
  ctx: CommandCtx<string | null>,
  subjectId: string,
  kind: "drain" | "resume",
): Promise<void> {
  // Each order is one of its own, so that the last word is the one that stays.
  const payload = { at: ctx.now.toISOString() };
  for (const agent of await listAgentsOf(ctx.tx, subjectId)) await orderAgent(ctx, agent, kind, payload);
}
