import { auditFilters } from "@/components/audit/audit-search";
import { BULK_ROW_STATUSES } from "@/server/domains/fleet/constants";
import { JOB_RUN_STATUSES, ROUTINE_RUNS } from "@/server/domains/operations/constants";
import { SERVER_STATUSES } from "@/server/domains/regions/constants";
import {
  DRIVERS,
  NODE_ORDERS,
  NODE_STANDINGS,
  NODE_STATUSES,
  RUNTIMES,
  SETUP_ORDERS,
  STANDINGS,
} from "@/server/domains/validators/constants";

/** Rows of one page of an operator's table. */
const PAGE_ROWS = 50;

const oneOf = <Value extends string>(known: readonly Value[], text: string | null): Value | undefined =>
  known.find((value) => value === text);
const words = (text: string | null): string | undefined => text?.trim().slice(0, 100) || undefined;

/** Leaves out what is not said: the server refuses an empty filter. */
function said<Filters extends Record<string, string | undefined>>(filters: Filters) {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Filters]?: Exclude<Filters[Name], undefined>;
  };
}
const position = (search: URLSearchParams) => ({
  limit: PAGE_ROWS,
  ...said({ cursor: search.get("cursor") ?? undefined }),
});

/** What the address of each list asks of the server; an unknown value in it is no filter. Server and browser read it alike. */
export const setupListInput = (search: URLSearchParams) => ({
  ...position(search),
  ...said({
    sort: oneOf(SETUP_ORDERS, search.get("sort")),
    standing: oneOf(STANDINGS, search.get("standing")),
    search: words(search.get("search")),
  }),
});
export const nodeListInput = (search: URLSearchParams) => ({
  ...position(search),
  ...said({
    sort: oneOf(NODE_ORDERS, search.get("sort")),
    status: oneOf(NODE_STATUSES, search.get("status")),
    runtime: oneOf(RUNTIMES, search.get("runtime")),
    search: words(search.get("search")),
  }),
});
export const runListInput = (search: URLSearchParams) => ({
  ...position(search),
  ...said({
    status: oneOf(JOB_RUN_STATUSES, search.get("status")),
    functionId: words(search.get("functionId")),
    routine: oneOf(ROUTINE_RUNS, search.get("routine")),
  }),
});
export const serverListInput = (search: URLSearchParams) => ({
  ...position(search),
  ...said({ status: oneOf(SERVER_STATUSES, search.get("status")) }),
});
export const auditListInput = (search: URLSearchParams) => ({
  ...position(search),
  ...auditFilters(search),
  ...said({ chainKey: words(search.get("chainKey")) }),
});

/** The fleet's filters alone, as a bulk act takes them. */
export const fleetFilters = (search: URLSearchParams) =>
  said({
    networkId: words(search.get("networkId")),
    regionCode: words(search.get("regionCode"))?.slice(0, 60),
    driver: oneOf(DRIVERS, search.get("driver")),
    standing: oneOf(STANDINGS, search.get("standing")),
    nodeState: oneOf(NODE_STANDINGS, search.get("nodeState")),
    version: words(search.get("version")),
    search: words(search.get("search")),
  });
export const fleetListInput = (search: URLSearchParams) => ({ ...position(search), ...fleetFilters(search) });
export const bulkRunListInput = (search: URLSearchParams) => position(search);
export const bulkRowListInput = (bulkRunId: string, search: URLSearchParams) => ({
  bulkRunId,
  ...position(search),
  ...said({ status: oneOf(BULK_ROW_STATUSES, search.get("status")) }),
});
