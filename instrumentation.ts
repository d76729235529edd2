import type { Instrumentation } from "next";

/** Runs once when the web process starts, before the first request: settings are checked and incoming requests are guarded. */
export async function register(): Promise<void> {
  // Next compiles this file for its edge runtime too; only what stands inside this branch is left out there, with the Node modules it imports.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const [{ guardEveryRequest }, { getRuntime }] = await Promise.all([
      import("@/server/http/incoming"),
      import("@/server/runtime/runtime"),
    ]);
    const { db, logger, settings } = await getRuntime();
    guardEveryRequest({ publicUrl: settings.publicUrl, isDevelopment: process.env.NODE_ENV === "development" });
    if (settings.inngestBaseUrl !== null) {
      const { keepRegisteredFrom } = await import("@/inngest/keep-registered");
      keepRegisteredFrom({ db, logger });
    }
    logger.info({ publicUrl: settings.publicUrl }, "web.process.started");
  }
}

/** Failures that no route of ours caught, e.g. while a page is rendered. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { getRuntime } = await import("@/server/runtime/runtime");
    const { logger } = await getRuntime();
    const requestId = request.headers["x-request-id"];
    logger.error({ err: error, path: request.path, route: context.routePath, requestId }, "web.request.failed");
  }
};
