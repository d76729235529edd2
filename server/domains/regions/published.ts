import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { getRegion } from "./get-region";
import { listRegions } from "./list-regions";
import { updateRegion } from "./update-region";

/** Where nodes can be put; operators open, close and resize. */
export const published = publishAll("regions", "Regions", [
  publish(listRegions, {
    rest: "GET /regions",
    trpc: "listRegions",
    summary: "All regions with their free slots and machine sizes",
  }),
  publish(getRegion, { rest: "GET /regions/{regionCode}", summary: "One region" }),
  publish(updateRegion, {
    rest: "PATCH /admin/regions/{regionCode}",
    trpc: "updateRegion",
    summary: "Opens, closes or resizes a region",
  }),
]);
