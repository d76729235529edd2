import { describe, expect, it } from "vitest";
import { z } from "zod";
import { publish, publishAll } from "@/server/kernel/publish";
import { defineQuery } from "@/server/kernel/verbs";
import type { HttpMethod } from "./define-route";
import { matchRoute, pathParameters } from "./match-route";
import { routesOf } from "./routes";

const never = defineQuery({
  verb: "things.never",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: z.strictObject({}),
  output: z.null(),
  run: async () => null,
});
const route = (method: HttpMethod, path: `/${string}`) =>
  routesOf(
    publishAll("things", "Things", [
      publish(never, { rest: `${method} ${path}`, operationId: `${method} /api/v1${path}`, summary: "" }),
    ]),
  );
const routes = [
  ...route("GET", "/things/{thingId}"),
  ...route("GET", "/things/newest"),
  ...route("POST", "/things/{thingId}/stop"),
];
const find = (method: string, path: string) => {
  const match = matchRoute(routes, method, path);
  return match.kind === "found" ? [match.route.operationId, match.params] : match;
};

describe("matching a path", () => {
  it("prefers a literal segment to a parameter", () => {
    expect(find("GET", "/api/v1/things/newest")).toEqual(["GET /api/v1/things/newest", {}]);
    expect(find("GET", "/api/v1/things/7")).toEqual(["GET /api/v1/things/{thingId}", { thingId: "7" }]);
  });

  it("decodes parameters, and an encoded slash stays inside one", () => {
    expect(find("GET", "/api/v1/things/a%2Fb%20c")).toEqual(["GET /api/v1/things/{thingId}", { thingId: "a/b c" }]);
  });

  it.each(["/api/v1/things", "/api/v1/things/", "/api/v1/things/7/", "/api/v1/things/%zz", "/api/v1//things/7"])(
    "finds nothing at %s",
    (path) => {
      expect(find("GET", path)).toEqual({ kind: "not_found" });
    },
  );

  it("says which methods are possible", () => {
    expect(find("DELETE", "/api/v1/things/7/stop")).toEqual({ kind: "method_not_allowed", allowed: ["POST"] });
  });

  it("names parameters in order", () => {
    expect(pathParameters("/api/v1/a/{b}/c/{d}")).toEqual(["b", "d"]);
  });
});
