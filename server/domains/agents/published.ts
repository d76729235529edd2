import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { enrolAgent } from "./enrol-agent";
import { listAgents } from "./list-agents";
import { revokeAgent } from "./revoke-agent";

/** How machines get in and are sent away; what they report is published with the thing that they report of. */
export const published = publishAll("agents", "Machines", [
  publish(enrolAgent, {
    rest: "POST /agents/enrol",
    rateLimit: "auth",
    status: 201,
    summary: "Lets a machine in by its enrolment token, which is good once",
  }),
  publish(listAgents, { rest: "GET /agents", trpc: "listAgents", summary: "Machines that report, newest first" }),
  publish(revokeAgent, {
    rest: "POST /agents/{agentId}/revoke",
    trpc: "revokeAgent",
    summary: "Ends a machine for good; its next request is refused",
  }),
]);
