import { z } from "zod";
import { HISTORY_SPANS } from "@/server/domains/chain/constants";
import { MISS_CAUSES } from "../constants";
import { SetupRequestRef } from "../schemas";

export const NodeHistoryInput = SetupRequestRef.extend({ span: z.enum(HISTORY_SPANS).default("24h") });

const counted = z.number().int();
/** Misses by what explains them; a cause that explains none is zero. */
const MissesByCause = z.object(
  Object.fromEntries(MISS_CAUSES.map((cause) => [cause, counted])) as Record<
    (typeof MISS_CAUSES)[number],
    typeof counted
  >,
);
export type MissesByCause = z.infer<typeof MissesByCause>;

/** How a validator's node was over time, and why blocks were missed; where nobody looked there is no sample, and what nobody told is null. */
export const NodeHistory = z
  .object({
    setupRequestId: z.string(),
    span: z.enum(HISTORY_SPANS),
    from: z.string(),
    to: z.string(),
    /** Minutes that one sample of this span stands for. */
    stepMinutes: counted,
    samples: z.array(
      z.object({
        at: z.string(),
        /** Mean of the looks; 100 is one core on a host of ours, or the whole of a machine of one's own. */
        cpuPercent: z.number().nullable(),
        /** Highest of the looks; hosts of ours tell bytes, machines of one's own percentages. */
        memoryBytes: counted.nullable(),
        memoryPercent: counted.nullable(),
        diskUsedBytes: counted.nullable(),
        diskPercent: counted.nullable(),
        /** Lowest; null where the host does not tell. */
        diskFreeBytes: counted.nullable(),
        /** Furthest behind the tip, and fewest peers. */
        lagBlocks: counted.nullable(),
        peerCount: counted.nullable(),
      }),
    ),
    misses: z.object({
      byCause: MissesByCause,
      /** Hours with a miss, oldest first. */
      hours: z.array(z.object({ at: z.string(), byCause: MissesByCause })),
      /** Height up to which misses have their cause, two minutes behind the tip; null before the first. */
      readToHeightBlocks: z.string().nullable(),
    }),
  })
  .meta({ id: "NodeHistory" });
export type NodeHistory = z.infer<typeof NodeHistory>;
