import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { getBulkRun, listBulkRows, listBulkRuns } from "./bulk/list-bulk-runs";
import { planBulkRun } from "./bulk/plan-bulk-run";
import { startBulkRun } from "./bulk/start-bulk-run";
import { cancelBulkRun, pauseBulkRun, resumeBulkRun } from "./bulk/steer-bulk-run";
import { getHealthBoard } from "./get-health-board";
import { getVersionSpread, listFleet } from "./list-fleet";

/** All validators and nodes, for operators: seen, compared, and moved many at a time. */
export const published = publishAll("fleet", "Fleet", [
  publish(listFleet, { trpc: "listFleet", reads: true, summary: "Validators and nodes of every organisation" }),
  publish(getVersionSpread, {
    trpc: "getVersionSpread",
    reads: true,
    summary: "Which versions the nodes of each network run",
  }),
  publish(planBulkRun, {
    trpc: "planBulkRun",
    summary: "What an act would do to each of many nodes; nothing is changed",
  }),
  publish(startBulkRun, { trpc: "startBulkRun", summary: "Begins an act on many nodes, a few at a time" }),
  publish(listBulkRuns, { trpc: "listBulkRuns", reads: true, summary: "Bulk runs, newest first" }),
  publish(getBulkRun, { trpc: "getBulkRun", reads: true, summary: "One bulk run with how far it is" }),
  publish(listBulkRows, {
    trpc: "listBulkRows",
    reads: true,
    summary: "The nodes of a bulk run with what became of each",
  }),
  publish(pauseBulkRun, { trpc: "pauseBulkRun", summary: "Asks no further node until the run is resumed" }),
  publish(resumeBulkRun, { trpc: "resumeBulkRun", summary: "Goes on with a paused run" }),
  publish(cancelBulkRun, { trpc: "cancelBulkRun", summary: "Leaves alone every node that was not asked yet" }),
  publish(getHealthBoard, {
    trpc: "getHealthBoard",
    reads: true,
    summary: "How far watcher, queue, outbox, channels and machines are",
  }),
]);
