import "server-only";
import { createCallerFactory, createRouter } from "./init";
import { identityRouter } from "./routers/identity";
import { regionsRouter } from "./routers/regions";
import { validatorsRouter } from "./routers/validators";

/** Everything that pages ask, by domain. */
export const appRouter = createRouter({
  identity: identityRouter,
  regions: regionsRouter,
  validators: validatorsRouter,
});

/** What the browser's client is typed by. */
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
