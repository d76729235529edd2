import { aboutApi } from "./about-api";
import type { RouteDefinition } from "./define-route";
import { PUBLISHED } from "./published";
import { routesOf } from "./published-routes";

/** Every route of REST v1; what is not here does not exist. OpenAPI and the authorization tests are made from it. */
export const ROUTES: readonly RouteDefinition[] = [...PUBLISHED, aboutApi(() => ROUTES)].flatMap(routesOf);
