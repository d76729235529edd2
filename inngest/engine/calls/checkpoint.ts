import { z } from "zod";
import { operation } from "../protocol/operation";
import { finishRun } from "../runs/finish-run";
import { lockActiveRun } from "../runs/run-row";
import { transact } from "../state/database";
import { notImplemented, RunImpossible, recordEnded } from "./apply-operations";
import type { ExecuteContext } from "./execute-call";
import { requireStepLimit } from "./step-limit";

/** The body of `POST /v1/checkpoint/{runId}/async`: steps that ended while the call goes on. */
const checkpoint = z.object({
  qi_id: z.string(),
  request_id: z.string().nullish(),
  generation_id: z.number().int().nullish(),
  steps: z.array(operation).max(1_000),
});

/** `stale`: the execution that reports has been replaced or its run has ended; the SDK stops it at once (HTTP 409). */
export type CheckpointAnswer = "saved" | "stale" | "unreadable";

/**
 * Keeps the steps that an app reports in the middle of a call. The report also counts as a sign of life: an execution whose engine was replaced
 * meanwhile keeps its lease for as long as it reports. What comes after the reported steps has all its attempts, as on the server.
 */
export async function saveCheckpoint(context: ExecuteContext, runId: string, body: unknown): Promise<CheckpointAnswer> {
  const parsed = checkpoint.safeParse(body);
  if (!parsed.success) return "unreadable";
  const { qi_id: callId, request_id: requestId, generation_id: generation, steps } = parsed.data;
  return transact(context.sql, async (tx): Promise<CheckpointAnswer> => {
    const run = await lockActiveRun(tx, runId);
    if (run === undefined) return "stale";
    const leaseUntil = new Date(context.now().getTime() + context.settings.leaseMs);
    const [call] = await tx<{ attempt: number }[]>`
      update inngest_engine.calls set lease_until = greatest(lease_until, ${leaseUntil}), losses = 0, attempt = 0
      where id = ${callId} and run_id = ${runId} and leased
        and request_id = ${requestId ?? ""} and generation = coalesce(${generation ?? null}::integer, generation)
      returning attempt`;
    if (call === undefined) return "stale";
    try {
      for (const reported of steps) {
        if (!["StepRun", "Step", "StepFailed"].includes(reported.op)) throw notImplemented(reported);
        await recordEnded(context, tx, run, reported, call.attempt);
      }
      await requireStepLimit(context, tx, runId);
      return "saved";
    } catch (error) {
      if (!(error instanceof RunImpossible)) throw error;
      await finishRun(context, tx, run, { kind: "failed", error: error.error });
      return "stale";
    }
  });
}
