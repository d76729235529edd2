import type { Executor } from "@/db/client";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { canStop } from "../states";
import { findLiveNodeOf, lockNode, type NodeRow } from "./repository";
import { requestOperation } from "./request-node-operation";

type Ref = { readonly setupRequestId: string };

/** The node of it that runs or should, and that nothing works on; an operation that is under way is waited for. */
const findRunning = async (db: Executor, { setupRequestId }: Ref): Promise<NodeRow | undefined> => {
  const node = await findLiveNodeOf(db, setupRequestId);
  return node && node.desiredState === "running" && canStop(node) ? node : undefined;
};

/** Asks again under the node's lock, since two sweeps and a person may come at once. */
const stopNow = defineChange("validators.stop-retired-node", async (ctx: CommandCtx<string | null>, ref: Ref) => {
  const found = await findRunning(ctx.tx, ref);
  const node = found && (await lockNode(ctx.tx, null, found.id));
  const isStopping = node !== undefined && node.desiredState === "running" && canStop(node);
  if (isStopping) await requestOperation(ctx, node, "stop");
  else ctx.audit({ action: "validators.node.stop_known", targetType: "setup_request", targetId: ref.setupRequestId });
  return { isStopping };
});

/** Stops the node of a validator that can never sign again, by the same declared work as a person's stop; its volume stays. */
export const stopRetiredNode = async (ctx: ServiceCtx, ref: Ref): Promise<{ readonly isStopping: boolean }> =>
  (await findRunning(ctx.db, ref)) ? stopNow(ctx, ref) : { isStopping: false };
