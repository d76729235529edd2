import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import type { VolumeInspection } from "@/server/ports/node-host";
import { nodeNotFound } from "../errors";
import { lockVolume, updateVolume } from "./repository";
import { raiseWatermark, type Watermark } from "./sign-state";

/** A sign state as a host reads it from a volume. */
export type SignState = NonNullable<VolumeInspection["signState"]>;

/** Raises the volume's watermark to what was seen; it never goes down. Telemetry: it only ever makes a start stricter. */
export const recordWatermark = defineChange(
  "validators.record-watermark",
  async (
    ctx: CommandCtx<string | null>,
    input: {
      readonly volumeId: string;
      readonly signState: SignState | null;
      /** The network's newest height as far as anybody tells it. */
      readonly tipHeightBlocks: bigint | null;
    },
  ) => {
    const volume = await lockVolume(ctx.tx, input.volumeId);
    if (!volume) throw nodeNotFound(input.volumeId);
    const kept = watermarkOf(volume);
    const seen = input.signState === null ? null : { ...input.signState, height: BigInt(input.signState.height) };
    const raised = raiseWatermark(kept, seen, input.tipHeightBlocks);
    if (raised !== null && raised !== kept) {
      await updateVolume(ctx.tx, volume.id, {
        watermarkHeight: raised.height,
        watermarkRound: raised.round,
        watermarkStep: raised.step,
      });
    }
  },
  { telemetry: true },
);

/** The kept watermark of a volume's row; null before the first look. */
export function watermarkOf(volume: {
  watermarkHeight: bigint | null;
  watermarkRound: number | null;
  watermarkStep: number | null;
}): Watermark | null {
  if (volume.watermarkHeight === null) return null;
  return { height: volume.watermarkHeight, round: volume.watermarkRound ?? 0, step: volume.watermarkStep ?? 0 };
}
