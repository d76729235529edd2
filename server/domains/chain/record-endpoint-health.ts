import { observe } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { endpointMachine } from "./machines";
import { lockEndpoint } from "./repository";
import { requireNetwork } from "./require-network";
import { RecordEndpointHealthInput } from "./schemas";

/** Keeps the standing of endpoints as this process measured it; a quarantine is neither set nor lifted here. */
export const recordEndpointHealth = defineCommand({
  verb: "chain.record-endpoint-health",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: RecordEndpointHealthInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    for (const { url, kind, state, ...facts } of input.endpoints) {
      if (state === "quarantined") continue;
      const row = await lockEndpoint(ctx.tx, { networkId: network.id, kind, url });
      if (row === undefined || row.state === "quarantined") continue;
      const checkedAt = facts.checkedAt === null ? null : new Date(facts.checkedAt);
      await observe(ctx, endpointMachine, row, state, { patch: { ...facts, checkedAt } });
    }
    return null;
  },
});
