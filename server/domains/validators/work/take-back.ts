import type { EventData } from "@/server/kernel/events";
import type { WorkStep } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import type { Runtime } from "../constants";
import type { setupFailed } from "../events";
import { haltNode, removeNode } from "../nodes/unmake-node";
import { recordReleased } from "../requests/record-released";

type Data = EventData<typeof setupFailed>;
type Undo = { readonly id: string } & WorkStep<Ports, Data>;

/** What a request held, as the look at the chain found it; kept by the job engine, so plain and small. */
export type Held = {
  readonly runtime: Runtime | null;
  readonly nodeId: string;
  readonly volumeId: string;
  readonly keepVolume: boolean;
};

/** What the first step of giving back found. */
export function heldIn(kept: Readonly<Record<string, unknown>>): Held {
  const held = kept["check-chain"];
  if (typeof held !== "object" || held === null)
    throw new Error("nothing is taken back before the chain was looked at");
  return held as Held;
}

/** Where it lies, with its host known. */
export const whereIs = ({ nodeId, volumeId }: Held, runtime: Runtime) => ({ runtime, nodeId, volumeId });

/** Takes back what volume, keys and node are: the volume stays where a validator on the chain uses its key. */
export const removeNodeStep: Undo = {
  id: "remove-node",
  run: async (ctx, { kept }) => {
    const held = heldIn(kept);
    if (held.runtime === null) return {};
    await haltNode(ctx.ports, whereIs(held, held.runtime));
    await removeNode(ctx.ports, { ...whereIs(held, held.runtime), removeVolume: !held.keepVolume });
    return {};
  },
};

/** Takes back the slot, and ends the rows of node and volume. */
export const releaseSlotStep: Undo = {
  id: "release-slot",
  run: async (ctx, { data: { setupRequestId }, kept }) => {
    await recordReleased(ctx, { setupRequestId, isVolumeRemoved: !heldIn(kept).keepVolume });
    return {};
  },
};
