import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { nodeNotFound } from "./errors";
import { lockVolume, updateVolume } from "./repository";
import { raiseWatermark, type Watermark } from "./sign-state";

/** Raises the volume's watermark to what was seen; it never goes down. Telemetry: it only ever makes a start stricter. */
export const recordWatermark = defineCommand({
  verb: "validators.record-watermark",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({
    volumeId: z.string(),
    signState: z.strictObject({ height: z.string(), round: z.number().int(), step: z.number().int() }).nullable(),
  }),
  run: async (ctx, input) => {
    const volume = await lockVolume(ctx.tx, input.volumeId);
    if (!volume) throw nodeNotFound(input.volumeId);
    const kept = watermarkOf(volume);
    const seen = input.signState === null ? null : { ...input.signState, height: BigInt(input.signState.height) };
    const raised = raiseWatermark(kept, seen);
    if (raised !== null && raised !== kept) {
      await updateVolume(ctx.tx, volume.id, {
        watermarkHeight: raised.height,
        watermarkRound: raised.round,
        watermarkStep: raised.step,
      });
    }
    return { height: raised?.height.toString() ?? null };
  },
});

/** The kept watermark of a volume's row; null before the first look. */
export function watermarkOf(volume: {
  watermarkHeight: bigint | null;
  watermarkRound: number | null;
  watermarkStep: number | null;
}): Watermark | null {
  if (volume.watermarkHeight === null) return null;
  return { height: volume.watermarkHeight, round: volume.watermarkRound ?? 0, step: volume.watermarkStep ?? 0 };
}
