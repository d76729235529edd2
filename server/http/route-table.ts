import type { RouteDefinition } from "./define-route";
import { identityRoutes } from "./routes/identity";
import { networkRoutes } from "./routes/networks";
import { openApiRoutes } from "./routes/openapi";
import { operationsRoutes } from "./routes/operations";
import { regionRoutes } from "./routes/regions";
import { validatorRoutes } from "./routes/validators";

/** Every route of REST v1; what is not here does not exist. OpenAPI and the authorization tests are made from it. */
export const ROUTES: readonly RouteDefinition[] = [
  ...identityRoutes,
  ...networkRoutes,
  ...regionRoutes,
  ...validatorRoutes,
  ...operationsRoutes,
  ...openApiRoutes(() => ROUTES),
];
