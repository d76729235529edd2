import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { requireNetwork } from "../networks/require-network";
import { type ChainEventRow, listChainEventRows } from "./repository";
import { ChainEventView, ListChainEventsInput } from "./schemas";

/** A change of the chain as it is shown. */
function toChainEvent(row: ChainEventRow): ChainEventView {
  return {
    sequence: row.sequence,
    // Only `recordChainFacts` writes the column, from the closed list.
    kind: row.kind as ChainEventView["kind"],
    heightBlocks: row.heightBlocks.toString(),
    operatorAddress: row.operatorAddress,
    details: row.details,
    occurredAt: row.occurredAt.toISOString(),
  };
}

/** What the watcher noted of a network, or of one validator, newest first. */
export const listChainEvents = defineQuery({
  verb: "chain.list-chain-events",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: ListChainEventsInput,
  output: z.array(ChainEventView),
  run: async (ctx, input): Promise<readonly ChainEventView[]> => {
    const { networkId, ...filter } = input;
    const network = await requireNetwork(ctx.db, networkId);
    return (await listChainEventRows(ctx.db, { ...filter, networkId: network.id })).map(toChainEvent);
  },
});
