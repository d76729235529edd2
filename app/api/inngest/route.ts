import { serve } from "inngest/next";
import { appOrigin } from "@/inngest/app-origin";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";

export const dynamic = "force-dynamic";
/** The longest step looks at a node for fifteen seconds and stops one for sixty. */
export const maxDuration = 300;

export const { GET, POST, PUT } = serve({ client: inngest, functions, serveOrigin: appOrigin });
