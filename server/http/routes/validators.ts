import { z } from "zod";
import { requestDrip } from "@/server/domains/chain";
import { PreparedTransaction } from "@/server/domains/chain/schemas";
import {
  cancelSetupRequest,
  getNodeLogs,
  getSetupRequest,
  listByWallet,
  listSetupEvents,
  listSetupRequests,
  prepareTransaction,
  quoteSetup,
  redeployNode,
  requestSetup,
  retrySetupRequest,
  startNode,
  stopNode,
  submitTransaction,
} from "@/server/domains/validators";
import {
  NodeLogLineView,
  ProvisioningEventView,
  Quote,
  SetupRequestRef,
  SetupRequestView,
  SetupWithNode,
  WalletValidator,
} from "@/server/domains/validators/schemas";
import { pageSchema } from "@/server/kernel/page-schema";
import { customRoute, type RouteDefinition, verbRoute } from "../define-route";

const tag = "Validators";
const NodeActAnswer = z.object({
  message: z.string(),
  nodeId: z.string(),
  setupRequestId: z.string(),
  status: z.string(),
});

/** From the wizard to a running validator. */
export const validatorRoutes: readonly RouteDefinition[] = [
  verbRoute({
    method: "POST",
    path: "/api/v1/validators/setup-requests",
    operationId: "createSetupRequest",
    summary: "Asks for a validator; provisioning of its node begins at once",
    tag,
    status: 201,
    verb: requestSetup,
    output: SetupWithNode,
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/validators/setup-requests",
    operationId: "listSetupRequests",
    summary: "The organisation's setup requests and validators, newest first",
    tag,
    verb: listSetupRequests,
    output: pageSchema(SetupWithNode),
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/validators/setup-requests/{setupRequestId}",
    operationId: "getSetupRequest",
    summary: "One request with its node",
    tag,
    verb: getSetupRequest,
    output: SetupWithNode,
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/validators/setup-requests/{setupRequestId}/history",
    operationId: "listSetupEvents",
    summary: "The request's story so far",
    tag,
    verb: listSetupEvents,
    output: z.array(ProvisioningEventView),
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/validators/setup-requests/{setupRequestId}/tx",
    operationId: "prepareCreateValidator",
    summary: "Builds the exact transaction to sign",
    tag,
    verb: prepareTransaction,
    output: PreparedTransaction,
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/validators/setup-requests/{setupRequestId}/broadcast",
    operationId: "broadcastCreateValidator",
    summary: "Takes the signed transaction and brings it to the chain",
    tag,
    status: 202,
    verb: submitTransaction,
    output: z.object({ transactionId: z.string(), txHash: z.string(), status: z.string() }),
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/validators/setup-requests/{setupRequestId}/cancel",
    operationId: "cancelSetupRequest",
    summary: "Gives the setup up; node, volume and slot are given back",
    tag,
    verb: cancelSetupRequest,
    output: SetupRequestView,
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/validators/setup-requests/{setupRequestId}/retry",
    operationId: "retrySetupRequest",
    summary: "Tries a failed setup again",
    tag,
    verb: retrySetupRequest,
    output: SetupRequestView,
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/validators/by-wallet/{address}",
    operationId: "listValidatorsByWallet",
    summary: "Validators of one wallet, with what the chain says of each",
    tag,
    verb: listByWallet,
    output: z.array(WalletValidator),
  }),
  customRoute({
    method: "POST",
    path: "/api/v1/validators/stop",
    operationId: "stopValidator",
    summary: "Stops the node; every block it misses counts",
    tag,
    access: "organization",
    scope: "validators:write",
    status: 202,
    input: SetupRequestRef,
    output: NodeActAnswer,
    run: async (ctx, input) => {
      const { nodeId, setupRequestId } = await stopNode(ctx.service, input);
      return { message: "The node is being stopped.", nodeId, setupRequestId, status: "stopping" };
    },
  }),
  customRoute({
    method: "POST",
    path: "/api/v1/validators/start",
    operationId: "startValidator",
    summary: "Starts a stopped node, after its sign state was checked",
    tag,
    access: "organization",
    scope: "validators:write",
    status: 202,
    input: SetupRequestRef,
    output: NodeActAnswer,
    run: async (ctx, input) => {
      const { nodeId, setupRequestId } = await startNode(ctx.service, input);
      return { message: "The node is being started.", nodeId, setupRequestId, status: "starting" };
    },
  }),
  customRoute({
    method: "POST",
    path: "/api/v1/validators/redeploy",
    operationId: "redeployValidator",
    summary: "Replaces the node; key and sign state stay",
    tag,
    access: "organization",
    scope: "validators:write",
    status: 202,
    input: SetupRequestRef,
    output: NodeActAnswer,
    run: async (ctx, input) => {
      const { nodeId, setupRequestId } = await redeployNode(ctx.service, input);
      return { message: "The node is being replaced.", nodeId, setupRequestId, status: "provisioning" };
    },
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/validators/nodes/{nodeId}/logs",
    operationId: "getNodeLogs",
    summary: "Last lines of a node's log, oldest first",
    tag,
    verb: getNodeLogs,
    output: z.array(NodeLogLineView),
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/validators/quote",
    operationId: "quoteSetup",
    summary: "What a setup costs, before anything is spent",
    tag,
    verb: quoteSetup,
    output: Quote,
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/faucet",
    operationId: "requestDrip",
    summary: "Test coins on a localnet",
    tag,
    rateLimit: "faucet",
    verb: requestDrip,
    output: z.object({ address: z.string(), txHash: z.string(), amountBaseUnits: z.string() }),
  }),
];
