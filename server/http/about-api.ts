import { z } from "zod";
import { sessionCookieName } from "@/server/auth/session-cookie";
import { answerOf, publishAll } from "@/server/kernel/publish";
import type { RouteCtx, RouteDefinition } from "./define-route";
import { buildOpenApi } from "./openapi/build";

/** What describes all routes, itself included; the table is asked when it is called, not before it is complete. */
export const aboutApi = (allRoutes: () => readonly RouteDefinition[]) =>
  publishAll("about", "About this API", [
    answerOf<Pick<RouteCtx, "runtime">>()({
      rest: "GET /openapi.json",
      operationId: "getOpenApi",
      summary: "This document",
      because: "public",
      input: z.strictObject({}),
      output: z.looseObject({ openapi: z.literal("3.1.0") }),
      run: async ({ runtime }) => {
        const { publicUrl } = runtime.settings;
        return buildOpenApi(allRoutes(), { publicUrl, sessionCookie: sessionCookieName(publicUrl) });
      },
    }),
  ]);
