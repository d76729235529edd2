import { z } from "zod";
import type { CommandCtx } from "@/server/kernel/context";
import { setupRequestNotFound, superseded } from "./errors";
import { lockSetup, type SetupRow } from "./repository";

/** Names the attempt that acts: a step of an older generation, or of a request that was given up, must not act any more. */
export const AttemptRef = z.strictObject({ setupRequestId: z.string(), generation: z.number().int() });

/**
 * The request's row for what one attempt found out, locked. A step may end long after it began, so this is asked again when it records: what a
 * cancelled or failed request held may be given back already, and a late word must not bring it to life.
 * @throws not_found validators.setup_request_not_found, conflict validators.superseded
 */
export async function lockAttempt(
  ctx: Pick<CommandCtx<string | null>, "tx">,
  attempt: z.output<typeof AttemptRef>,
): Promise<SetupRow> {
  const setup = await lockSetup(ctx.tx, null, attempt.setupRequestId);
  if (!setup) throw setupRequestNotFound(attempt.setupRequestId);
  const status = setup.status;
  if (setup.generation !== attempt.generation || status === "cancelled" || status === "failed") throw superseded();
  return setup;
}
