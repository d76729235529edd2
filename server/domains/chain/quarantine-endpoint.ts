import { defineCommand } from "@/server/kernel/verbs";
import { endpointNotFound } from "./errors";
import { updateEndpoint } from "./repository";
import { requireNetwork } from "./require-network";
import { QuarantineEndpointInput, ReleaseEndpointInput } from "./schemas";

/** Takes an endpoint that answered for another chain out of use for everybody, once. */
export const quarantineEndpoint = defineCommand({
  verb: "chain.quarantine-endpoint",
  scope: "platform:write",
  tenancy: "platform",
  input: QuarantineEndpointInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    const { reason } = input;
    const key = { networkId: network.id, kind: input.kind, url: input.url };
    const row = await updateEndpoint(
      ctx.tx,
      key,
      { state: "quarantined", reason, quarantinedAt: ctx.now },
      "not_quarantined",
    );
    ctx.audit({
      action: "chain.endpoint.quarantined",
      targetType: "network",
      targetId: network.id,
      details: { url: input.url, kind: input.kind, reason, isNew: row !== undefined },
    });
    return { isNew: row !== undefined };
  },
});

/** Lets an operator take an endpoint back into use after it was put right; it is checked again before it is asked. */
export const releaseEndpoint = defineCommand({
  verb: "chain.release-endpoint",
  scope: "platform:write",
  tenancy: "platform",
  input: ReleaseEndpointInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    const key = { networkId: network.id, kind: input.kind, url: input.url };
    const row = await updateEndpoint(ctx.tx, key, { state: "unknown", reason: null, quarantinedAt: null });
    if (row === undefined) throw endpointNotFound(input.url);
    ctx.audit({
      action: "chain.endpoint.released",
      targetType: "network",
      targetId: network.id,
      details: { url: row.url, kind: row.kind },
    });
    return { url: row.url };
  },
});
