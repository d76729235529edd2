import { z } from "zod";
import { getChainStatus, getMissBudget, getNetwork, getSigningGrid, listNetworks } from "@/server/domains/chain";
import {
  ChainStatusView,
  GetNetworkInput,
  ListNetworksInput,
  MissBudget,
  Network,
  SigningGrid,
} from "@/server/domains/chain/schemas";
import { pageSchema } from "@/server/kernel/page-schema";
import { customRoute, type RouteDefinition, verbRoute } from "../define-route";

const tag = "Networks";

/** Chains that validators can be made for, and what the watcher recorded of them. */
export const networkRoutes: readonly RouteDefinition[] = [
  customRoute({
    method: "GET",
    path: "/api/v1/networks",
    operationId: "listNetworks",
    summary: "All networks, the default one first",
    tag,
    access: "public",
    scope: null,
    input: ListNetworksInput,
    output: pageSchema(Network),
    run: async (ctx, input) => ({ items: [...(await listNetworks(ctx.service, input))], nextCursor: null }),
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/networks/{networkId}",
    operationId: "getNetwork",
    summary: "One network, by our id or its chain id",
    tag,
    access: "public",
    verb: getNetwork,
    output: Network,
  }),
  customRoute({
    method: "GET",
    path: "/api/v1/networks/{networkId}/status",
    operationId: "getChainStatus",
    summary: "How far the chain is read, its block time and its endpoints",
    tag,
    access: "organization",
    scope: "chain:read",
    input: GetNetworkInput,
    output: ChainStatusView,
    run: (ctx, input) => getChainStatus(ctx.service, input),
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/networks/{networkId}/signing-grid",
    operationId: "getSigningGrid",
    summary: "The newest blocks as one validator lived them",
    tag,
    access: "organization",
    verb: getSigningGrid,
    output: SigningGrid,
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/networks/{networkId}/miss-budget",
    operationId: "getMissBudget",
    summary: "Misses that a validator has left before it is jailed",
    tag,
    access: "organization",
    verb: getMissBudget,
    output: z.object(MissBudget.shape),
  }),
];
