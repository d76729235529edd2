import type { Executor } from "@/db/client";
import type { OrganizationFilter } from "@/server/kernel/owned";
import { defineQuery } from "@/server/kernel/verbs";
import { HISTORY_STEPS, type HistorySpan, MISS_CAUSES } from "../constants";
import { setupRequestNotFound } from "../errors";
import { findSetup } from "../requests/repository";
import { findMissCursor, listMissHours, listSteps } from "./repository";
import { type MissesByCause, NodeHistory, NodeHistoryInput } from "./schemas";

const HOUR_MS = 3_600_000;

const noMisses = (): MissesByCause => Object.fromEntries(MISS_CAUSES.map((cause) => [cause, 0])) as MissesByCause;

async function missesSince(db: Executor, setupRequestId: string, since: Date): Promise<NodeHistory["misses"]> {
  const byCause = noMisses();
  const hours = new Map<string, MissesByCause>();
  for (const { hourAt, cause, missedBlocks } of await listMissHours(db, setupRequestId, since)) {
    const at = hourAt.toISOString();
    const ofHour = hours.get(at) ?? noMisses();
    ofHour[cause] += missedBlocks;
    hours.set(at, ofHour);
    byCause[cause] += missedBlocks;
  }
  const readTo = await findMissCursor(db, setupRequestId);
  return {
    byCause,
    hours: [...hours].map(([at, ofHour]) => ({ at, byCause: ofHour })),
    readToHeightBlocks: readTo?.toString() ?? null,
  };
}

async function load(
  db: Executor,
  organizationId: OrganizationFilter,
  { setupRequestId, span }: { readonly setupRequestId: string; readonly span: HistorySpan },
  now: Date,
): Promise<NodeHistory> {
  const setup = await findSetup(db, organizationId, setupRequestId);
  if (!setup) throw setupRequestNotFound(setupRequestId);
  const { hours, stepMinutes } = HISTORY_STEPS[span];
  const from = new Date(now.getTime() - hours * HOUR_MS);
  const steps = await listSteps(db, setup.id, from, stepMinutes);
  return {
    setupRequestId: setup.id,
    span,
    from: from.toISOString(),
    to: now.toISOString(),
    stepMinutes,
    samples: steps.map(({ at, cpuPercentSum, cpuLooks, ...worst }) => ({
      at: at.toISOString(),
      cpuPercent: cpuLooks === 0 ? null : Math.round((cpuPercentSum / cpuLooks) * 10) / 10,
      ...worst,
    })),
    misses: await missesSince(db, setup.id, from),
  };
}

/**
 * How the node of a validator was over a day, a week or a month, wherever it runs: processor, memory, disk, lag and peers, and its misses by what
 * explains them. @throws not_found validators.setup_request_not_found
 */
export const getNodeHistory = defineQuery({
  verb: "validators.get-node-history",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: NodeHistoryInput,
  output: NodeHistory,
  run: (ctx, input) => load(ctx.db, ctx.organizationId, input, ctx.now),
});
