import type { Executor } from "@/db/client";
import { decodeCursor, type Page, pageOf } from "@/server/kernel/pagination";
import { type Driver, type NodeStanding, type StandingState, UNKNOWN_VERSION } from "../constants";
import { judgedPage } from "../requests/judged-page";
import type { SetupRow } from "../requests/repository";
import type { SetupWithNode } from "../requests/schemas";
import { NOT_GIVEN_UP, statusesOf } from "../states";

export type FleetFilter = {
  readonly networkId?: string | undefined;
  readonly regionCode?: string | undefined;
  readonly driver?: Driver | undefined;
  readonly standing?: StandingState | undefined;
  readonly nodeState?: NodeStanding | undefined;
  readonly version?: string | undefined;
  readonly search?: string | undefined;
  /** Only these requests, in the same order. */
  readonly ids?: readonly string[] | undefined;
};
export type FleetMember = SetupWithNode & {
  readonly organizationId: string;
  /** Null while it has no node yet. */
  readonly driver: Driver | null;
  readonly version: string;
};

const driverOf = ({ setupRequest, node }: SetupWithNode): Driver | null =>
  setupRequest.runMode === "local" ? "local" : (node?.runtime ?? null);

/** A program that tells no version is unknown, and so is what has no node. */
const versionOf = ({ node, machine }: SetupWithNode): string =>
  node?.binaryVersion || machine?.binaryVersion || UNKNOWN_VERSION;

/** Validators of every organisation with their nodes, newest first; those that were given up are left out unless they are asked for. */
export async function listFleet(
  db: Executor,
  { driver, standing, nodeState, version, ...filter }: FleetFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
  now: Date,
): Promise<Page<FleetMember>> {
  const isJudged = [driver, standing, nodeState, version].some((value) => value !== undefined);
  const positionOf = (row: SetupRow) => ({ sort: row.createdAt.toISOString(), id: row.id });
  const found = await judgedPage(
    db,
    null,
    {
      ...filter,
      sort: "-createdAt",
      statuses: standing === undefined ? NOT_GIVEN_UP : statusesOf(standing),
      after: decodeCursor(cursor),
    },
    {
      limit,
      positionOf,
      now,
      accepts: isJudged
        ? ({ view }) =>
            (standing === undefined || view.setupRequest.standing.state === standing) &&
            (nodeState === undefined || view.setupRequest.standing.nodeState === nodeState) &&
            (driver === undefined || driverOf(view) === driver) &&
            (version === undefined || versionOf(view) === version)
        : null,
    },
  );
  return pageOf(
    found,
    limit,
    ({ row }) => positionOf(row),
    ({ row, view }) => ({
      ...view,
      organizationId: row.organizationId,
      driver: driverOf(view),
      version: versionOf(view),
    }),
  );
}
