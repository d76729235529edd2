import { z } from "zod";
import { defineEffect } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { OnHost } from "./effect-inputs";

const LONG_DEADLINE_MS = 300_000;

/** Makes the volume where it is missing. */
export const prepareVolume = defineEffect<Ports>()({
  verb: "validators.prepare-volume",
  scope: "platform:write",
  tenancy: "platform",
  input: OnHost.extend({ sizeBytes: z.number().int().positive() }),
  run: async (ctx, { runtime, spec, sizeBytes }) => {
    await ctx.ports.nodeHosts[runtime].ensureVolume(
      { volumeId: spec.volumeId, nodeId: spec.nodeId, sizeBytes },
      { deadlineMs: LONG_DEADLINE_MS },
    );
    return { volumeId: spec.volumeId };
  },
});

/** Has the node's own binary make keys and configuration inside the volume; existing keys and sign state stay. */
export const initialiseNode = defineEffect<Ports>()({
  verb: "validators.initialise-node",
  scope: "platform:write",
  tenancy: "platform",
  input: OnHost,
  run: async (ctx, { runtime, spec }) => {
    await ctx.ports.nodeHosts[runtime].initialise(spec, { deadlineMs: LONG_DEADLINE_MS });
    return { volumeId: spec.volumeId };
  },
});

/** Creates the node where it is missing and starts it. */
export const launchNode = defineEffect<Ports>()({
  verb: "validators.launch-node",
  scope: "platform:write",
  tenancy: "platform",
  input: OnHost,
  run: async (ctx, { runtime, spec }) => {
    const started = await ctx.ports.nodeHosts[runtime].start(spec, { deadlineMs: LONG_DEADLINE_MS });
    return {
      runtimeRef: started.runtimeRef,
      rpcUrl: started.endpoints?.rpcUrl ?? null,
      p2pAddress: started.endpoints?.p2pAddress ?? null,
      startedAt: started.startedAt,
    };
  },
});

/** Asks the node's own binary for its public identity. */
export const readNodeIdentity = defineEffect<Ports>()({
  verb: "validators.read-node-identity",
  scope: "platform:write",
  tenancy: "platform",
  input: OnHost,
  run: async (ctx, { runtime, spec }) => {
    const identity = await ctx.ports.nodeHosts[runtime].readIdentity(spec, { deadlineMs: LONG_DEADLINE_MS });
    return {
      p2pNodeId: identity.nodeId,
      consensusPubkey: identity.consensusPubkeyBase64,
      privateKeyFileMode: identity.privateKeyFileMode,
    };
  },
});
