import type { Sample } from "./sparkline-path";

/**
 * Puts readings on an even raster of `stepMs` from `fromMs` to `toMs`, oldest first; of two readings in one step the later one counts, and a
 * step without one is null.
 */
export function evenSamples<Reading extends { readonly at: string }>(
  readings: readonly Reading[],
  raster: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number },
  read: (reading: Reading) => number | null,
): Sample[] {
  const steps = Math.max(1, Math.ceil((raster.toMs - raster.fromMs) / raster.stepMs));
  const samples: Sample[] = Array.from({ length: steps }, () => null);
  for (const reading of readings) {
    const step = Math.floor((Date.parse(reading.at) - raster.fromMs) / raster.stepMs);
    // What was kept as the step's beginning may lie just before the raster's own.
    const place = Math.min(steps - 1, Math.max(0, step));
    if (step >= -1 && step <= steps) samples[place] = read(reading);
  }
  return samples;
}
