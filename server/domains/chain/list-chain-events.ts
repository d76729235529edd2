import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { listChainEventRows } from "./repository";
import { requireNetwork } from "./require-network";
import { ChainEventView, ListChainEventsInput } from "./schemas";
import { toChainEvent } from "./to-network";

/** What the watcher noted of a network, or of one validator, newest first. */
export const listChainEvents = defineQuery({
  verb: "chain.list-events",
  scope: "chain:read",
  because: "what it shows is the public chain's",
  tenancy: "platform",
  input: ListChainEventsInput,
  output: z.array(ChainEventView),
  run: async (ctx, input): Promise<readonly ChainEventView[]> => {
    const { networkId, ...filter } = input;
    const network = await requireNetwork(ctx.db, networkId);
    return (await listChainEventRows(ctx.db, { ...filter, networkId: network.id })).map(toChainEvent);
  },
});
