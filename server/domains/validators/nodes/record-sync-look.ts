import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { SETUP_CHANNEL } from "../story/note-event";
import { notifyChannel } from "../story/repository";
import { lagBlocks } from "./health";
import { lockNode, updateNode } from "./repository";

/** Keeps how far a node is that catches up, and tells the pages that watch it; a node that is gone meanwhile is left alone. */
export const recordSyncLook = defineChange(
  "validators.record-sync-look",
  async (
    ctx: CommandCtx<string | null>,
    input: { readonly nodeId: string; readonly heightBlocks: string; readonly tipBlocks: string | null },
  ) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node || node.status === "terminated") return;
    const heightBlocks = BigInt(input.heightBlocks);
    await updateNode(ctx.tx, node.id, {
      lastBlockHeight: heightBlocks,
      lagBlocks: lagBlocks(heightBlocks, input.tipBlocks === null ? null : BigInt(input.tipBlocks)),
      lastSeenAt: ctx.now,
      lastCheckError: null,
    });
    await notifyChannel(ctx.tx, SETUP_CHANNEL, node.setupRequestId);
  },
  { telemetry: true },
);
