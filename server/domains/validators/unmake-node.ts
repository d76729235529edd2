import { z } from "zod";
import { NetworkFacts } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { defineEffect } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { RUNTIMES, STOP_GRACE_SECONDS } from "./constants";

const Where = z.strictObject({ runtime: z.enum(RUNTIMES), nodeId: z.string(), volumeId: z.string() });
const STOP_DEADLINE_MS = (STOP_GRACE_SECONDS + 30) * 1_000;

/** Stops the node and waits until it has ended; a node that is not there is stopped. */
export const haltNode = defineEffect<Ports>()({
  verb: "validators.halt-node",
  scope: "platform:write",
  tenancy: "platform",
  input: Where,
  run: async (ctx, input) => {
    const host = ctx.ports.nodeHosts[input.runtime];
    const before = await host.inspect(input.nodeId);
    if (before.state === "absent") return { state: before.state };
    const after = await host.stop(input.nodeId, { graceSeconds: STOP_GRACE_SECONDS }, { deadlineMs: STOP_DEADLINE_MS });
    return { state: after.state };
  },
});

/** The volume's own last-sign-state. Only meaningful as a lower bound once the node has ended. */
export const readSignState = defineEffect<Ports>()({
  verb: "validators.read-sign-state",
  scope: "platform:write",
  tenancy: "platform",
  input: Where,
  run: async (ctx, input) => {
    const volume = await ctx.ports.nodeHosts[input.runtime].inspectVolume(input.volumeId);
    return { signState: volume.signState === null ? null : { ...volume.signState } };
  },
});

/** Removes the node; the volume stays unless told. */
export const removeNode = defineEffect<Ports>()({
  verb: "validators.remove-node",
  scope: "platform:write",
  tenancy: "platform",
  input: Where.extend({ removeVolume: z.boolean() }),
  run: async (ctx, input) => {
    await ctx.ports.nodeHosts[input.runtime].remove(
      input.nodeId,
      { volumeId: input.volumeId, removeVolume: input.removeVolume },
      { deadlineMs: STOP_DEADLINE_MS },
    );
    return {};
  },
});

/** Whether anything of the node is left on its host. */
export const findLeftovers = defineEffect<Ports>()({
  verb: "validators.find-leftovers",
  scope: "platform:write",
  tenancy: "platform",
  input: Where,
  run: async (ctx, input) => {
    const listed = await ctx.ports.nodeHosts[input.runtime].list();
    return { node: listed.nodeIds.includes(input.nodeId), volume: listed.volumeIds.includes(input.volumeId) };
  },
});

/** Everything of ours that a host has, for the orphan sweep. */
export const listOnHost = defineEffect<Ports>()({
  verb: "validators.list-on-host",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ runtime: z.enum(RUNTIMES) }),
  run: async (ctx, input) => {
    const listed = await ctx.ports.nodeHosts[input.runtime].list();
    return { nodeIds: [...listed.nodeIds], volumeIds: [...listed.volumeIds] };
  },
});

/**
 * Whether any validator on the chain uses this key. Two sources where the network has them; a chain that does not answer throws, since an
 * unknown answer must not cost a key that is in use.
 */
export const isKeyOnChain = defineEffect<Ports>()({
  verb: "validators.is-key-on-chain",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ network: NetworkFacts, consensusPubkey: z.string() }),
  run: async (ctx, input) => {
    const chain = ctx.ports.chains.forNetwork(input.network);
    try {
      await chain.validatorByConsensusPubkey(input.consensusPubkey, { maxAgeMs: 0 });
      return { isOnChain: true };
    } catch (thrown) {
      if (isAppError(thrown) && thrown.kind === "not_found") return { isOnChain: false };
      throw thrown;
    }
  },
});
