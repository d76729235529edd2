import { defineQuery } from "@/server/kernel/verbs";
import { findBlockHash, findState } from "./repository";
import { requireNetwork } from "./require-network";
import { GetNetworkInput } from "./schemas";

/** Where recording goes on: the last height that is kept or known to be lost, and that block's hash; nulls before the first. */
export const getSyncCursor = defineQuery({
  verb: "chain.get-sync-cursor",
  scope: "platform:read",
  tenancy: "platform",
  input: GetNetworkInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const contiguousHeightBlocks = (await findState(ctx.db, network.id))?.contiguousHeightBlocks ?? null;
    if (contiguousHeightBlocks === null) return { contiguousHeightBlocks: null, hash: null };
    return { contiguousHeightBlocks, hash: (await findBlockHash(ctx.db, network.id, contiguousHeightBlocks)) ?? null };
  },
});
