import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "./errors";
import {
  findLiveNodeOf,
  findPresentVolume,
  findSetup,
  findVolumes,
  type NodeRow,
  type SetupRow,
  type VolumeRow,
} from "./repository";

/** Rows of one request as our own jobs need them; never leaves the server. */
export type SetupFacts = {
  readonly setup: SetupRow;
  readonly node: NodeRow | undefined;
  readonly volume: VolumeRow | undefined;
};

/** @throws not_found validators.setup_request_not_found */
export const getSetupFacts = defineQuery({
  verb: "validators.get-setup-facts",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ setupRequestId: z.string() }),
  run: async (ctx, input): Promise<SetupFacts> => {
    const setup = await findSetup(ctx.db, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    const node = await findLiveNodeOf(ctx.db, setup.id);
    const [nodeVolume] = node ? await findVolumes(ctx.db, [node.volumeId]) : [];
    return { setup, node, volume: nodeVolume ?? (await findPresentVolume(ctx.db, setup.id)) };
  },
});
