import "server-only";
import { Inngest } from "inngest";
import { env } from "@/env";

/** Where events go and calls come from: a configured Inngest server, or the embedded engine. */
export const inngestBaseUrl = env.INNGEST_BASE_URL ?? env.ENGINE_URL;

/** The one client. Both kinds of server sign their calls with the same key, so development mode, which skips that check, stays off. */
export const inngest = new Inngest({
  id: "omniphi",
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  isDev: false,
  ...(inngestBaseUrl === undefined ? {} : { baseUrl: inngestBaseUrl }),
});
