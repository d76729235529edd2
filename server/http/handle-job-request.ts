import "server-only";
import { NextRequest } from "next/server";
import { forbidden, invalid } from "@/server/kernel/errors";
import { admitting } from "./admission/entry";
import { assertMayBeSigned, assertSigned } from "./admission/job-signature";
import { isFromOwnMachine } from "./admission/own-machine";
import { decodeText } from "./admission/read-body";
import { type AdmissionRule, type Asking, admissionRule } from "./admission/rule";

type Handler = (request: NextRequest, context: unknown) => Promise<Response>;
/** The SDK's own handlers by method. */
type JobHandlers = Readonly<Record<(typeof METHODS)[number], Handler>>;

const PATH = "/api/inngest";
const METHODS = ["GET", "POST", "PUT"] as const;

/** Both servers leave events and steps out of a call beyond four megabytes; what is left besides is small. */
const MAX_CALL_BYTES = 5 * 1_048_576;
/** The longest step looks at a node for fifteen seconds and stops one for sixty. */
const CALL_DEADLINE_MS = 300_000;

const handledMethod = (method: string) => METHODS.find((one) => one === method);

/** Before any of a call is read: it comes from where the job server runs, and says that it is signed. */
function assertMayCall({ request, origin, settings }: Asking): void {
  if (settings.inngestBaseUrl === null && !isFromOwnMachine(request.headers)) {
    throw forbidden(
      "jobs.foreign_peer",
      "The job engine of this installation runs on its own machine; calls from elsewhere are not taken.",
    );
  }
  assertMayBeSigned(request.headers, origin.ipAddress, Date.now());
}

const ruleOf = (method: string): AdmissionRule =>
  admissionRule({
    operation: `${method} ${PATH}`,
    route: PATH,
    body: "bytes",
    maxBodyBytes: MAX_CALL_BYTES,
    deadlineMs: CALL_DEADLINE_MS,
    assertMay: assertMayCall,
  });

/**
 * Answers the job server's calls, registration included. Nothing that is not signed reaches the SDK, which would parse it first and check it
 * then, and would register for anybody.
 */
export const handleJobRequests = (handlers: JobHandlers) =>
  admitting({
    find: (method) =>
      handledMethod(method)
        ? { kind: "found", rule: ruleOf(method) }
        : { kind: "method_not_allowed", allowed: METHODS },
    answer: async ({ request, runtime, origin, body }) => {
      const { inngestSigningKey: signingKey, inngestBaseUrl } = runtime.settings;
      const { headers } = request;
      const { bytes } = body;
      const proof = { headers, bytes, ipAddress: origin.ipAddress, now: Date.now() };
      assertSigned(proof, { signingKey, isElsewhere: inngestBaseUrl !== null });
      const method = handledMethod(request.method) ?? "GET";
      const text = method === "GET" ? "" : decodeText(bytes);
      const call = new NextRequest(request.url, { method, headers, ...(text === "" ? {} : { body: text }) });
      try {
        return await handlers[method](call, undefined);
      } catch (thrown) {
        // The SDK parses what was signed, and lets the parser's own error out.
        if (thrown instanceof SyntaxError) throw invalid("http.body_not_json", "The body of the call is not JSON.");
        throw thrown;
      }
    },
  });
