import { z } from "zod";

const Parts = z.object({
  status: z.enum(["ok", "degraded", "down", "unknown"]),
  checkedAt: z.string(),
  components: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ok", "degraded", "down", "unknown"]),
      reason: z.string().nullable(),
      ageSeconds: z.number().nullable(),
      isOptional: z.literal(true).optional(),
    }),
  ),
});
export type Parts = z.infer<typeof Parts>;

/** What the installation says of itself, from the answer that balancers get: a 503 carries the same rows. */
export async function readParts(signal: AbortSignal): Promise<Parts> {
  const answer = await fetch("/api/health", { signal, cache: "no-store" });
  return Parts.parse(await answer.json());
}
