import "server-only";
import { createCallerFactory, createRouter } from "./init";
import { chainRouter } from "./routers/chain";
import { identityRouter } from "./routers/identity";
import { operationsRouter } from "./routers/operations";
import { regionsRouter } from "./routers/regions";
import { validatorsRouter } from "./routers/validators";

/** Everything that pages ask, by domain. */
export const appRouter = createRouter({
  chain: chainRouter,
  identity: identityRouter,
  operations: operationsRouter,
  regions: regionsRouter,
  validators: validatorsRouter,
});

/** What the browser's client is typed by. */
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
