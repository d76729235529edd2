import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { isAppError, toAppError } from "@/server/kernel/errors";
import { createTrpcContext } from "./context";
import { createCaller } from "./root";

/**
 * Next keeps a thrown message from the browser and passes its digest on, one that the error brings too: so a page can say that the database is
 * away, where it would have to call it a fault of ours (`components/layout/failure-words.ts`).
 */
function nameOutage(thrown: unknown): void {
  if (!(thrown instanceof Error)) return;
  const { code } = isAppError(thrown) ? thrown : toAppError(thrown.cause ?? thrown);
  if (code === "kernel.database_unavailable") Object.assign(thrown, { digest: code });
}

/** The context of the page that is being rendered; made once per request. */
const pageContext = cache(async () => {
  try {
    return await createTrpcContext(new Headers(await headers()));
  } catch (thrown) {
    nameOutage(thrown);
    throw thrown;
  }
});

/** Calls procedures from server components, as the person who asked for the page. */
export const api = async () => createCaller(await pageContext(), { onError: ({ error }) => nameOutage(error) });

/** Who asked for the page; null for nobody. */
export const currentPrincipal = async () => (await pageContext()).principal;
