import "server-only";
import { createCallerFactory, createRouter } from "./init";
import { identityRouter } from "./routers/identity";

/** Everything that pages ask, by domain. */
export const appRouter = createRouter({
  identity: identityRouter,
});

/** What the browser's client is typed by. */
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
