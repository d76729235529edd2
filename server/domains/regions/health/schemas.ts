import { z } from "zod";
import { RegionCode, RegionHealthNow, RegionKey } from "../schemas";

/** How healthy a region is; `unknown` where nothing was measured in the last ten minutes. */
export const RegionHealthAnswer = z
  .object({
    regionCode: RegionCode,
    state: z.enum(["healthy", "unhealthy", "unknown"]),
    /** Null while it is unknown. */
    health: RegionHealthNow.nullable(),
  })
  .meta({ id: "RegionHealth" });

export const RegionHistoryInput = RegionKey.extend({ hours: z.coerce.number().int().min(1).max(720).default(24) });

const figure = z.number().nullable();
/** How a region stood: by the minute up to six hours, by the hour beyond; what was not measured is left out. */
export const RegionHistory = z
  .object({
    fromAt: z.string(),
    toAt: z.string(),
    stepSeconds: z.number().int(),
    samples: z.array(
      z.object({
        at: z.string(),
        score: figure,
        latencyMs: figure,
        successPercent: figure,
        cpuPercent: figure,
        memoryPercent: figure,
        diskPercent: figure,
      }),
    ),
  })
  .meta({ id: "RegionHistory" });
