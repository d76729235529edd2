import { defineCommand } from "@/server/kernel/verbs";
import { updateEndpoint } from "./repository";
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
      const patch = { ...facts, state, checkedAt: facts.checkedAt === null ? null : new Date(facts.checkedAt) };
      await updateEndpoint(ctx.tx, { networkId: network.id, kind, url }, patch, "not_quarantined");
    }
    return null;
  },
});
