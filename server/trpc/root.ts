import "server-only";
import { PUBLISHED } from "../http/published";
import { createCallerFactory, createRouter, mergeRouters } from "./init";
import { routerOf } from "./published-router";
import { chainRouter } from "./routers/chain";
import { identityRouter } from "./routers/identity";
import { validatorsRouter } from "./routers/validators";

const handWritten = createRouter({
  chain: chainRouter,
  identity: identityRouter,
  validators: validatorsRouter,
});

/** Everything that pages ask, by domain. */
export const appRouter = mergeRouters(handWritten, routerOf(PUBLISHED));

/** What the browser's client is typed by. */
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
