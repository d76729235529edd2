import { describe, expect, it } from "vitest";
import { changeTableQuery, nextSort, readTableQuery, withoutFilters } from "./table-query";

const parameters = { sortable: ["name", "createdAt"], filters: ["state", "q"] };
const read = (query: string) => readTableQuery(new URLSearchParams(query), parameters);

describe("readTableQuery", () => {
  it("reads sort, filters and page", () => {
    expect(read("sort=-createdAt&state=failed&cursor=abc&tab=2")).toEqual({
      sort: { column: "createdAt", direction: "desc" },
      filters: { state: "failed" },
      cursor: "abc",
    });
  });

  it.each(["", "sort=", "sort=-", "sort=secret", "sort=--name", "state="])("takes nothing from %j", (query) => {
    expect(read(query)).toEqual({ sort: undefined, filters: {}, cursor: undefined });
  });
});

describe("changeTableQuery", () => {
  it("begins at the first page when sort or filter change, and leaves the rest of the address alone", () => {
    const search = new URLSearchParams("tab=nodes&cursor=abc&state=failed");
    expect(changeTableQuery(search, { sort: { column: "name", direction: "desc" } }).toString()).toBe(
      "tab=nodes&state=failed&sort=-name",
    );
    expect(changeTableQuery(search, { filter: { name: "state", value: undefined } }).toString()).toBe("tab=nodes");
  });

  it("keeps sort and filters on the way to the next page and back to the first", () => {
    const search = new URLSearchParams("sort=name&state=failed");
    expect(changeTableQuery(search, { cursor: "abc" }).toString()).toBe("sort=name&state=failed&cursor=abc");
    expect(changeTableQuery(new URLSearchParams("sort=name&cursor=abc"), { cursor: undefined }).toString()).toBe(
      "sort=name",
    );
  });

  it("reads back what it wrote", () => {
    const written = changeTableQuery(new URLSearchParams(), { filter: { name: "q", value: "a&b=c +%" } });
    expect(read(written.toString()).filters).toEqual({ q: "a&b=c +%" });
  });
});

it("turns a column through upwards, downwards and unsorted", () => {
  const up = nextSort(undefined, "name");
  const down = nextSort(up, "name");
  expect([up, down, nextSort(down, "name")]).toEqual([
    { column: "name", direction: "asc" },
    { column: "name", direction: "desc" },
    undefined,
  ]);
  expect(nextSort(down, "createdAt")).toEqual({ column: "createdAt", direction: "asc" });
});

it("clears the filters and nothing else", () => {
  expect(withoutFilters(new URLSearchParams("tab=a&q=x&state=y&sort=name&cursor=z"), parameters).toString()).toBe(
    "tab=a&sort=name",
  );
});
