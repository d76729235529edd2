import { describe, expect, it } from "vitest";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { QUERY_HEADER } from "./incoming";
import { withOrganizationHeader } from "./organization-query";

const read = (query: string, init: RequestInit = {}) => {
  const request = withOrganizationHeader(new Request(`http://localhost:3000/api/v1/x${query}`, init));
  return [new URL(request.url).search, request.headers.get(ORGANIZATION_HEADER)];
};

describe("the organisation in a query", () => {
  it.each([
    ["?organization=acme", "", "acme"],
    ["?a=1&organization=acme&b=%FF", "?a=1&b=%FF", "acme"],
    ["?organizations=acme", "?organizations=acme", null],
    ["?a=1", "?a=1", null],
    ["", "", null],
  ])("of %j becomes a header", (query, rest, slug) => {
    expect(read(query)).toEqual([rest, slug]);
  });

  it("yields to the header, and is none where a body could say otherwise", () => {
    expect(read("?organization=acme", { headers: { [ORGANIZATION_HEADER]: "other" } })).toEqual([
      "?organization=acme",
      "other",
    ]);
    expect(read("?organization=acme", { method: "POST" })).toEqual(["?organization=acme", null]);
  });

  it("keeps the reader's signal", () => {
    const gone = new AbortController();
    const request = withOrganizationHeader(
      new Request("http://localhost:3000/api/v1/x?organization=acme", { signal: gone.signal }),
    );
    gone.abort();
    expect(request.signal.aborted).toBe(true);
  });

  it("are taken out of the query as the client wrote it too, which the framework has rewritten", () => {
    const request = new Request("http://localhost:3000/api/v1/x?organization=acme", {
      headers: { [QUERY_HEADER]: "?organization=acme&__proto__=1" },
    });
    const asked = withOrganizationHeader(request);
    expect(asked.headers.get(ORGANIZATION_HEADER)).toBe("acme");
    expect(asked.headers.get(QUERY_HEADER)).toBe("?__proto__=1");
  });
});
