import { z } from "zod";
import { getRegion, listRegions } from "@/server/domains/regions";
import { Region } from "@/server/domains/regions/schemas";
import { type RouteDefinition, verbRoute } from "../define-route";

const tag = "Regions";

/** Where nodes can be put. */
export const regionRoutes: readonly RouteDefinition[] = [
  verbRoute({
    method: "GET",
    path: "/api/v1/regions",
    operationId: "listRegions",
    summary: "All regions with their free slots and machine sizes",
    tag,
    access: "public",
    verb: listRegions,
    output: z.array(Region),
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/regions/{regionCode}",
    operationId: "getRegion",
    summary: "One region",
    tag,
    access: "public",
    verb: getRegion,
    output: Region,
  }),
];
