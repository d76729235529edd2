import { z } from "zod";
import { move, observe } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { endpointNotFound } from "../errors";
import { endpointMachine } from "./machine";
import { lockEndpoint } from "./repository";
import { requireNetwork } from "./require-network";
import { QuarantineEndpointInput, RecordEndpointHealthInput, ReleaseEndpointInput } from "./schemas";

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
    const row = await lockEndpoint(ctx.tx, key);
    const isNew = row !== undefined && row.state !== "quarantined";
    if (isNew) await move(ctx, endpointMachine, row, "quarantined", { patch: { reason, quarantinedAt: ctx.now } });
    ctx.audit({
      action: "chain.endpoint.quarantined",
      targetType: "network",
      targetId: network.id,
      details: { url: input.url, kind: input.kind, reason, isNew },
    });
    return { isNew };
  },
});

/** Lets an operator take an endpoint back into use after it was put right; it is checked again before it is asked. */
export const releaseEndpoint = defineCommand({
  verb: "chain.release-endpoint",
  scope: "platform:write",
  tenancy: "platform",
  input: ReleaseEndpointInput,
  output: z.strictObject({ url: z.string() }),
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    const key = { networkId: network.id, kind: input.kind, url: input.url };
    const row = await lockEndpoint(ctx.tx, key);
    if (row === undefined) throw endpointNotFound(input.url);
    await observe(ctx, endpointMachine, row, "unknown", { patch: { reason: null, quarantinedAt: null } });
    ctx.audit({
      action: "chain.endpoint.released",
      targetType: "network",
      targetId: network.id,
      details: { url: row.url, kind: row.kind },
    });
    return { url: row.url };
  },
});
