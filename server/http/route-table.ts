import { aboutApi } from "./about-api";
import type { RouteDefinition } from "./define-route";
import { PUBLISHED } from "./published";
import { routesOf } from "./published-routes";
import { identityRoutes } from "./routes/identity";
import { networkRoutes } from "./routes/networks";
import { operationsRoutes } from "./routes/operations";
import { validatorRoutes } from "./routes/validators";

/** Every route of REST v1; what is not here does not exist. OpenAPI and the authorization tests are made from it. */
export const ROUTES: readonly RouteDefinition[] = [
  ...identityRoutes,
  ...networkRoutes,
  ...PUBLISHED.flatMap(routesOf),
  ...validatorRoutes,
  ...operationsRoutes,
  ...routesOf(aboutApi(() => ROUTES)),
];
