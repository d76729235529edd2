import type { z } from "zod";
import { dismissAgentsOf, orderServerAgents } from "@/server/domains/agents";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { serverEnded, serverNotDrained, serverNotEmpty } from "../errors";
import { placementMachine, serverMachine } from "./machines";
import { requireServer } from "./require-server";
import { DecommissionServerInput, RegionServer, ServerRef } from "./schemas";
import { toServer } from "./to-server";

type Placing = { readonly to: "draining"; readonly order: "drain" } | { readonly to: "open"; readonly order: "resume" };

/** Moves the placement of a server that is not gone, and tells its agent. */
async function place(ctx: CommandCtx<string | null>, ref: z.output<typeof ServerRef>, { to, order }: Placing) {
  const server = await requireServer(ctx.tx, ref);
  if (server.status === "decommissioned") throw serverEnded(server.id);
  const after = await move(ctx, placementMachine, server, to);
  await orderServerAgents(ctx, server.id, order);
  return toServer(after, ref.regionCode);
}

/**
 * No new node goes there from now on; what is there stays until somebody moves it, and the server is drained when its agent finds it empty.
 * @throws not_found regions.server_not_found, invalid_state regions.invalid_transition
 */
export const drainServer = defineCommand({
  verb: "regions.drain-server",
  scope: "platform:write",
  tenancy: "platform",
  input: ServerRef,
  output: RegionServer,
  run: (ctx, input) => place(ctx, input, { to: "draining", order: "drain" }),
});

/** The server takes nodes again. @throws not_found regions.server_not_found, invalid_state regions.invalid_transition */
export const resumeServer = defineCommand({
  verb: "regions.resume-server",
  scope: "platform:write",
  tenancy: "platform",
  input: ServerRef,
  output: RegionServer,
  run: (ctx, input) => place(ctx, input, { to: "open", order: "resume" }),
});

/**
 * Takes the server out for good: its agent is refused from then on, and its name is free. Only an empty one: drained and seen to be empty, never
 * enrolled, or gone by the operator's own word.
 * @throws not_found regions.server_not_found, conflict regions.server_not_empty, conflict regions.server_not_drained,
 * invalid_state regions.invalid_transition
 */
export const decommissionServer = defineCommand({
  verb: "regions.decommission-server",
  scope: "platform:write",
  tenancy: "platform",
  input: DecommissionServerInput,
  output: RegionServer,
  run: async (ctx, input) => {
    const server = await requireServer(ctx.tx, input);
    const isUnused = server.status === "provisioning";
    if (!isUnused && !input.isGone && server.status !== "decommissioned") {
      const nodes = server.status === "offline" ? null : (server.nodes?.length ?? null);
      if (nodes !== 0) throw serverNotEmpty(server.id, nodes);
      if (server.placement !== "drained") throw serverNotDrained(server.id);
    }
    const after = await move(ctx, serverMachine, server, "decommissioned", { patch: { decommissionedAt: ctx.now } });
    await dismissAgentsOf(ctx, server.id);
    if (input.isGone) {
      ctx.audit({
        action: "regions.server.said_gone",
        targetType: "server",
        targetId: server.id,
        details: { hostname: server.hostname, nodesLastSeen: server.nodes?.length ?? null },
      });
    }
    return toServer(after, input.regionCode);
  },
});
