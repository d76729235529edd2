import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { createTrpcContext } from "./context";
import { createCaller } from "./root";

/** The context of the page that is being rendered; made once per request. */
const pageContext = cache(async () => createTrpcContext(new Headers(await headers())));

/** Calls procedures from server components, as the person who asked for the page. */
export const api = async () => createCaller(await pageContext());

/** Who asked for the page; null for nobody. */
export const currentPrincipal = async () => (await pageContext()).principal;
