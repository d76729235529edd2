import "server-only";
import { serve } from "inngest/edge";
import { appOrigin } from "./app-origin";
import { inngest } from "./client";
import { functions } from "./functions";

const handler = serve({ client: inngest, functions, serveOrigin: appOrigin });

/**
 * Tells the Inngest server of every durable function and where to call it. The SDK's own handler does it, called within this process, so that the
 * endpoint need not take a request to register from anybody. Answers why it was not taken, null when it was.
 */
export async function registerFunctions(): Promise<string | null> {
  const answer = await handler(
    new Request(`${appOrigin}/api/inngest`, {
      method: "PUT",
      headers: { host: new URL(appOrigin).host, "content-type": "application/json" },
      body: "{}",
    }),
  );
  return answer.ok ? null : `${answer.status}: ${(await answer.text()).slice(0, 500)}`;
}
