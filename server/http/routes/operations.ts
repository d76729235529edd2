import { z } from "zod";
import { listPlatformAudit, verifyAuditChain } from "@/server/domains/identity";
import { AuditRecord, AuditVerdict } from "@/server/domains/identity/schemas";
import {
  cancelAnySetupRequest,
  getAnyNode,
  getAnyNodeLogs,
  getAnySetupRequest,
  listAllNodes,
  listAllSetupRequests,
  listAnySetupEvents,
  markSetupFailed,
  operateAnyNode,
  retryAnySetupRequest,
} from "@/server/domains/validators";
import {
  NodeLogLineView,
  NodeRef,
  NodeView,
  ProvisioningEventView,
  SetupRequestRef,
  SetupRequestView,
  SetupWithNode,
} from "@/server/domains/validators/schemas";
import { pageSchema } from "@/server/kernel/page-schema";
import { customRoute, type RouteDefinition, verbRoute } from "../define-route";

const tag = "Operations";
const NodeOfOrganization = z.object({ node: NodeView, setupRequest: SetupRequestView, organizationId: z.string() });
const NodeActAnswer = z.object({
  nodeId: z.string(),
  setupRequestId: z.string(),
  operation: z.string(),
  generation: z.number().int(),
});

const nodeAct = (
  path: "restart" | "stop" | "start" | "terminate",
  operation: "redeploy" | "stop" | "start" | "terminate",
  summary: string,
) =>
  customRoute({
    method: "POST",
    path: `/api/v1/nodes/{nodeId}/${path}`,
    operationId: `${path}AnyNode`,
    summary,
    tag,
    access: "platform",
    scope: "platform:write",
    status: 202,
    input: NodeRef,
    output: NodeActAnswer,
    run: (ctx, { nodeId }) => operateAnyNode(ctx.service, { nodeId, operation }),
  });

/** Operators' doors to every organisation's requests and nodes, and to the audit log. Each act is audited with who asked and from where. */
export const operationsRoutes: readonly RouteDefinition[] = [
  verbRoute({
    method: "GET",
    path: "/api/v1/setup-requests",
    operationId: "listAllSetupRequests",
    summary: "Setup requests of every organisation, newest first",
    tag,
    verb: listAllSetupRequests,
    output: pageSchema(SetupWithNode),
  }),
  customRoute({
    method: "GET",
    path: "/api/v1/setup-requests/{setupRequestId}",
    operationId: "getAnySetupRequest",
    summary: "One request with its node and its story",
    tag,
    access: "platform",
    scope: "platform:read",
    input: SetupRequestRef,
    output: SetupWithNode.extend({ history: z.array(ProvisioningEventView) }),
    run: async (ctx, input) => ({
      ...(await getAnySetupRequest(ctx.service, input)),
      history: await listAnySetupEvents(ctx.service, { ...input, limit: 500 }),
    }),
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/setup-requests/{setupRequestId}/retry",
    operationId: "retryAnySetupRequest",
    summary: "Tries a failed setup again",
    tag,
    verb: retryAnySetupRequest,
    output: SetupRequestView,
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/setup-requests/{setupRequestId}/mark-failed",
    operationId: "markSetupFailed",
    summary: "Gives an attempt up by hand; what it held is given back",
    tag,
    verb: markSetupFailed,
    output: SetupRequestView,
  }),
  verbRoute({
    method: "DELETE",
    path: "/api/v1/setup-requests/{setupRequestId}",
    operationId: "cancelAnySetupRequest",
    summary: "Cancels the request; node, volume and slot are given back, the row stays as a record",
    tag,
    verb: cancelAnySetupRequest,
    output: SetupRequestView,
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/nodes",
    operationId: "listAllNodes",
    summary: "Nodes of every organisation, newest first",
    tag,
    verb: listAllNodes,
    output: pageSchema(NodeOfOrganization),
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/nodes/{nodeId}",
    operationId: "getAnyNode",
    summary: "One node with the request it belongs to",
    tag,
    verb: getAnyNode,
    output: NodeOfOrganization,
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/nodes/{nodeId}/logs",
    operationId: "getAnyNodeLogs",
    summary: "Last lines of a node's log, oldest first",
    tag,
    verb: getAnyNodeLogs,
    output: z.array(NodeLogLineView),
  }),
  nodeAct("stop", "stop", "Stops the node; every block it misses counts"),
  nodeAct("start", "start", "Starts a stopped node, after its sign state was checked"),
  nodeAct("restart", "redeploy", "Replaces the node; key and sign state stay"),
  nodeAct("terminate", "terminate", "Removes the node; its volume with key and sign state stays"),
  verbRoute({
    method: "GET",
    path: "/api/v1/audit",
    operationId: "listPlatformAudit",
    summary: "The audit log of one chain or of all, newest first",
    tag,
    verb: listPlatformAudit,
    output: pageSchema(AuditRecord),
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/audit/verify",
    operationId: "verifyAuditChain",
    summary: "Recomputes an audit chain from its first row and names the first one that contradicts it",
    tag,
    verb: verifyAuditChain,
    output: AuditVerdict,
  }),
];
