/** Rows of one page of the log. */
const PAGE_ROWS = 50;
const FILTERS = ["action", "actor", "targetId"] as const;
type Filters = { -readonly [Name in (typeof FILTERS)[number]]?: string };

/** What the address filters the log by. An empty filter is none: the server would look for rows that have nothing there. */
export function auditFilters(search: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const words = search.get(name)?.trim().slice(0, 100);
    if (words) filters[name] = words;
  }
  return filters;
}

/** What the address asks of the organisation's own log. Server and browser read it alike. */
export function ownAuditInput(search: URLSearchParams) {
  const cursor = search.get("cursor");
  return { limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }), ...auditFilters(search) };
}

/** Address of the file that has every row of what the list is filtered to. */
export function auditExportHref(organization: string, search: URLSearchParams): string {
  return `/api/v1/audit/export?${new URLSearchParams({ organization, ...auditFilters(search) })}`;
}
