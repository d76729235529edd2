import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AGENT_PROGRAM_PATH } from "@/lib/contracts/agent/version";
import { notFound } from "@/server/kernel/errors";
import { admitting } from "./admission/entry";
import { admissionRule } from "./admission/rule";

const RULE = admissionRule({
  operation: `GET ${AGENT_PROGRAM_PATH}`,
  route: AGENT_PROGRAM_PATH,
  rateLimit: "download",
});
/** Where the build puts it; see tools/start/process-bundles.mjs. */
const FILE = join(/*turbopackIgnore: true*/ process.cwd(), "dist/agent/omniphi-agent.mjs");

/** Answers with the program that a person runs beside their node: the one that was built with this version. */
export const handleAgentProgram = admitting({
  find: (method) =>
    method === "GET" ? { kind: "found", rule: RULE } : { kind: "method_not_allowed", allowed: ["GET"] },
  answer: async () => {
    const text = await readFile(FILE, "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOENT") throw cause;
      throw notFound("http.agent_not_built", "The agent was not built with this installation. Run `npm run build`.");
    });
    return new Response(text, {
      headers: {
        "content-type": "text/javascript; charset=utf-8",
        "content-disposition": 'attachment; filename="omniphi-agent.mjs"',
      },
    });
  },
});
