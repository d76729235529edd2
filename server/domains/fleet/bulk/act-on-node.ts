import { holdNode, redeployNode, releaseNode, startNode, stopNode } from "@/server/domains/validators";
import { type CommandCtx, type ServiceCtx, withoutKey } from "@/server/kernel/context";
import { ERROR_TABLE } from "@/server/kernel/error-table";
import { type AppError, isAppError } from "@/server/kernel/errors";
import { defineChange } from "@/server/kernel/verbs";
import type { BulkAct } from "../constants";
import { dryRunEnded } from "../errors";

export type Target = { readonly act: BulkAct; readonly setupRequestId: string; readonly reason: string };
export type Done = {
  readonly nodeId: string;
  readonly message: string;
  /** Of the operation that was begun; null for what is done at once. */
  readonly generation: number | null;
};

/** The very verbs that act on one node. */
const OPERATIONS = { stop: stopNode, start: startNode, redeploy: redeployNode } as const;

export async function actOnNode(ctx: CommandCtx<null>, { act, setupRequestId, reason }: Target): Promise<Done> {
  if (act === "hold") return { ...(await holdNode(ctx, { setupRequestId, reason })), generation: null };
  if (act === "release") return { ...(await releaseNode(ctx, { setupRequestId })), generation: null };
  return OPERATIONS[act](ctx, { setupRequestId });
}

/** A refusal that stays one however often it is asked; what may heal is none. */
export const isRefusal = (thrown: unknown): thrown is AppError =>
  isAppError(thrown) && thrown.kind !== "internal" && ERROR_TABLE[thrown.kind].job === "fail";

/** Does it and takes all of it back: a plan that asked other gates than the act would promise what is refused. */
const actAndTakeBack = defineChange("fleet.try-act", async (ctx: CommandCtx<null>, target: Target) => {
  await actOnNode(ctx, target);
  throw dryRunEnded();
});

/** Why the act would be refused now; null where it would be done. */
export async function refusalOf(
  ctx: ServiceCtx & { readonly organizationId: null },
  target: Target,
): Promise<{ readonly code: string; readonly message: string } | null> {
  try {
    await actAndTakeBack({ ...withoutKey(ctx), organizationId: null }, target);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    if (thrown.code === dryRunEnded().code) return null;
    return { code: thrown.code, message: thrown.message };
  }
  throw new Error("a dry run was not taken back");
}
