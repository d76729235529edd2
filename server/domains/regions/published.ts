import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { getRegionCapacity, listCapacity } from "./capacity";
import { getRegion } from "./get-region";
import { getRegionHealth, getRegionHistory } from "./health/get-region-health";
import { listRegions } from "./list-regions";
import { getServer, getServerHistory } from "./servers/get-server";
import { listServers } from "./servers/list-servers";
import { registerServer } from "./servers/register-server";
import { renewServerToken } from "./servers/renew-token";
import { reportServerHeartbeat } from "./servers/report-heartbeat";
import { decommissionServer, drainServer, resumeServer } from "./servers/steer-server";
import { updateRegion } from "./update-region";

/** Where nodes can be put and how full and healthy each place is; operators open, close and resize, and put servers there. */
export const published = publishAll("regions", "Regions", [
  publish(listRegions, {
    rest: "GET /regions",
    trpc: "listRegions",
    summary: "All regions with their free slots, machine sizes and health",
  }),
  publish(getRegion, { rest: "GET /regions/{regionCode}", trpc: "getRegion", summary: "One region, by code or id" }),
  publish(getRegionCapacity, {
    rest: "GET /regions/{regionCode}/capacity",
    trpc: "getRegionCapacity",
    summary: "How full a region is: slots by size, and what its servers bring",
  }),
  publish(getRegionHealth, {
    rest: "GET /regions/{regionCode}/health",
    summary: "How healthy a region is, from its servers' heartbeats; unknown without any in ten minutes",
  }),
  publish(getRegionHistory, {
    rest: "GET /regions/{regionCode}/history",
    trpc: "getRegionHistory",
    summary: "How a region stood in the last hours",
  }),
  publish(listCapacity, { rest: "GET /admin/capacity", trpc: "listCapacity", summary: "How full every region is" }),
  publish(updateRegion, {
    rest: "PATCH /admin/regions/{regionCode}",
    trpc: "updateRegion",
    summary: "Opens, closes or resizes a region",
  }),
  publish(registerServer, {
    rest: "POST /regions/register-server",
    trpc: "registerServer",
    status: 201,
    summary: "Puts a machine into a region, and gives the token by which its agent enrols, once",
  }),
  publish(listServers, {
    rest: ["GET /regions/{regionCode}/servers", "GET /admin/servers"],
    trpc: "listServers",
    summary: "Servers of a region, newest first",
  }),
  publish(getServer, { rest: "GET /admin/servers/{serverId}", trpc: "getServer", summary: "One server" }),
  publish(getServerHistory, {
    rest: "GET /admin/servers/{serverId}/history",
    trpc: "getServerHistory",
    summary: "What a server reported in the last hours",
  }),
  publish(reportServerHeartbeat, {
    rest: "POST /regions/{regionCode}/servers/{serverId}/heartbeat",
    rateLimit: "agent",
    summary: "The report of a server's agent; commands come with the answer",
  }),
  publish(renewServerToken, {
    rest: "POST /regions/{regionCode}/servers/{serverId}/token",
    trpc: "renewServerToken",
    status: 201,
    summary: "Makes a new enrolment token of a server; the agent that it had is refused from then on",
  }),
  publish(drainServer, {
    rest: "POST /regions/{regionCode}/servers/{serverId}/drain",
    trpc: "drainServer",
    summary: "Puts no new node on a server; it is drained once its agent finds it empty",
  }),
  publish(resumeServer, {
    rest: "POST /regions/{regionCode}/servers/{serverId}/resume",
    trpc: "resumeServer",
    summary: "Lets a server take nodes again",
  }),
  publish(decommissionServer, {
    rest: "POST /regions/{regionCode}/servers/{serverId}/decommission",
    trpc: "decommissionServer",
    summary: "Takes an empty server out for good; its agent is refused from then on",
  }),
]);
