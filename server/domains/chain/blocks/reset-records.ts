import { defineCommand } from "@/server/kernel/verbs";
import { notALocalnet } from "../errors";
import { deleteHistory } from "../history/repository";
import { deleteMirror } from "../mirror/repository";
import { requireNetwork } from "../networks/require-network";
import { deleteBlocks } from "./repository";
import { ResetRecordsInput } from "./schemas";

/** Throws away what was recorded of a local chain that was made anew under the same chain id. @throws invalid_state chain.not_a_localnet */
export const resetRecords = defineCommand({
  verb: "chain.reset-records",
  scope: "platform:admin",
  tenancy: "platform",
  input: ResetRecordsInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    if (network.kind !== "localnet") throw notALocalnet(network.chainId);
    await deleteHistory(ctx.tx, network.id);
    await deleteMirror(ctx.tx, network.id);
    await deleteBlocks(ctx.tx, network.id);
    ctx.audit({
      action: "chain.records.reset",
      targetType: "network",
      targetId: network.id,
      details: { reason: input.reason },
    });
    return null;
  },
});
