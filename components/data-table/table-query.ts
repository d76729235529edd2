/** How a table is asked for: kept in the address, so that a view can be sent, reloaded and gone back to. */
export type TableQuery = {
  /** Column id and direction, or undefined for the server's own order. */
  sort: { column: string; direction: "asc" | "desc" } | undefined;
  filters: Readonly<Record<string, string>>;
  /** Opaque, from the page before; undefined on the first page. */
  cursor: string | undefined;
};

/** The query parameters that belong to the table; all others of the address stay as they are. */
export type TableParameters = { sortable: readonly string[]; filters: readonly string[] };

/** Reads the table's part of an address; a sort by an unknown column is no sort. `sort=-createdAt` sorts downwards. */
export function readTableQuery(search: URLSearchParams, parameters: TableParameters): TableQuery {
  const sort = search.get("sort") ?? "";
  const column = sort.replace(/^-/, "");
  const filters = parameters.filters.flatMap((name) => {
    const value = search.get(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    sort: parameters.sortable.includes(column)
      ? { column, direction: sort.startsWith("-") ? "desc" : "asc" }
      : undefined,
    filters: Object.fromEntries(filters),
    cursor: search.get("cursor") ?? undefined,
  };
}

/** The address with another sort, filter or page. A new sort or filter begins at the first page again. */
export function changeTableQuery(
  search: URLSearchParams,
  change: {
    sort?: TableQuery["sort"];
    filter?: { name: string; value: string | undefined };
    cursor?: string | undefined;
  },
): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete("cursor");
  if ("sort" in change) {
    next.delete("sort");
    if (change.sort) next.set("sort", `${change.sort.direction === "desc" ? "-" : ""}${change.sort.column}`);
  }
  if (change.filter) {
    next.delete(change.filter.name);
    if (change.filter.value) next.set(change.filter.name, change.filter.value);
  }
  if (change.cursor) next.set("cursor", change.cursor);
  return next;
}

/** The sort after a press on a column's head: upwards, downwards, then the server's own order again. */
export function nextSort(current: TableQuery["sort"], column: string): TableQuery["sort"] {
  if (current?.column !== column) return { column, direction: "asc" };
  return current.direction === "asc" ? { column, direction: "desc" } : undefined;
}

/** The address without any filter of the table. */
export function withoutFilters(search: URLSearchParams, parameters: TableParameters): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of [...parameters.filters, "cursor"]) next.delete(name);
  return next;
}
