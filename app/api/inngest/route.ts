import { serve } from "inngest/next";
import { appOrigin } from "@/inngest/app-origin";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { handleJobRequests } from "@/server/http/handle-job-request";

export const dynamic = "force-dynamic";
/** The longest step looks at a node for fifteen seconds and stops one for sixty. */
export const maxDuration = 300;

const handle = handleJobRequests(serve({ client: inngest, functions, serveOrigin: appOrigin }));

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
