import { z } from "zod";
import { sessionCookieName } from "@/server/auth/session-cookie";
import { customRoute, type RouteDefinition } from "../define-route";
import { buildOpenApi } from "../openapi";

/** The route that describes all routes, itself included; the table is asked when it is called, not before it is complete. */
export const openApiRoutes = (allRoutes: () => readonly RouteDefinition[]): readonly RouteDefinition[] => [
  customRoute({
    method: "GET",
    path: "/api/v1/openapi.json",
    operationId: "getOpenApi",
    summary: "This document",
    tag: "About this API",
    access: "public",
    scope: null,
    input: z.strictObject({}),
    output: z.looseObject({ openapi: z.literal("3.1.0") }),
    run: async (ctx) => {
      const { publicUrl } = ctx.runtime.settings;
      return { ...buildOpenApi(allRoutes(), { publicUrl, sessionCookie: sessionCookieName(publicUrl) }) };
    },
  }),
];
