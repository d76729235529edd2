import "server-only";
import {
  getChainStatus,
  getLocalnetStatus,
  getMissBudget,
  getNetwork,
  getNetworkPulse,
  getSigningGrid,
  getSigningStrips,
  listChainEvents,
  listNetworks,
  registerNetwork,
  releaseEndpoint,
} from "@/server/domains/chain";
import { adminProcedure, createRouter, mutationOf, organizationProcedure, publicProcedure, queryOf } from "../init";

/** Networks and what the watcher recorded of them. */
export const chainRouter = createRouter({
  networks: queryOf(publicProcedure, listNetworks),
  network: queryOf(publicProcedure, getNetwork),
  pulse: queryOf(publicProcedure, getNetworkPulse),
  localnet: queryOf(publicProcedure, getLocalnetStatus),
  status: queryOf(organizationProcedure, getChainStatus),
  grid: queryOf(organizationProcedure, getSigningGrid),
  strips: queryOf(organizationProcedure, getSigningStrips),
  missBudget: queryOf(organizationProcedure, getMissBudget),
  events: queryOf(organizationProcedure, listChainEvents),
  register: mutationOf(adminProcedure, registerNetwork),
  releaseEndpoint: mutationOf(adminProcedure, releaseEndpoint),
});
