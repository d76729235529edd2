import "server-only";
import { PUBLISHED } from "../http/all-published";
import { createCallerFactory } from "./init";
import { routerOf } from "./published-router";

/** Everything that pages ask, by domain. */
export const appRouter = routerOf(PUBLISHED);

/** What the browser's client is typed by. */
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
