import { z } from "zod";
import type { JobError } from "../runs/finish-run";
import { retryAfterMs } from "../scheduling/retry-delay";
import { readJobError } from "./job-error";
import { type Operation, operation } from "./operation";
import { isSignedBy } from "./signature";

/** What an app's HTTP answer to a call means. */
export type AppReply =
  /** Steps were found or ran. `retryAfterMs` is for a step among them that failed and may be tried again. */
  | {
      readonly kind: "operations";
      readonly operations: readonly Operation[];
      readonly requestVersion: number;
      readonly retryAfterMs: number | undefined;
    }
  /** The function returned; `output` is JSON. */
  | { readonly kind: "returned"; readonly output: string }
  | {
      readonly kind: "threw";
      readonly error: JobError;
      readonly retriable: boolean;
      readonly retryAfterMs: number | undefined;
    }
  /** No code of the function ran: nobody listens, or who answered is not our app. */
  | { readonly kind: "undelivered"; readonly message: string }
  /** Code may have run, and its answer did not arrive. */
  | { readonly kind: "lost"; readonly message: string };

/** An HTTP answer, whole. Header names are in lower case. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

const operations = z.union([z.array(operation), operation.transform((single) => [single])]);
const streamedAnswer = z.object({
  status: z.number().int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** Reads an answer to a call. The SDK signs what it answers in cloud mode, so an answer without our signature did not come from our functions. */
export function readReply(answer: HttpAnswer, signingKey: string, now: Date, unixSeconds: number): AppReply {
  if (answer.status === 201) return readStreamed(answer.body, signingKey, now, unixSeconds);
  if (!isSignedBy(answer.headers["x-inngest-signature"], answer.body, signingKey, unixSeconds)) {
    return {
      kind: "undelivered",
      message: `The app's address answered ${answer.status} without a valid signature; it is still starting, is not the app, has another signing key, or runs with INNGEST_DEV set.`,
    };
  }
  const body = readJson(answer.body);
  const wait = retryAfterMs(answer.headers["retry-after"], now);
  if (answer.status === 206) {
    const parsed = operations.safeParse(body);
    if (!parsed.success) {
      return threw(
        { name: "UnreadableAnswer", message: "The app answered with steps that the engine cannot read." },
        true,
        wait,
      );
    }
    const version = Number(answer.headers["x-inngest-req-version"] ?? "1");
    return {
      kind: "operations",
      operations: parsed.data,
      requestVersion: Number.isInteger(version) ? version : 1,
      retryAfterMs: wait,
    };
  }
  if (answer.status === 200) return { kind: "returned", output: JSON.stringify(body ?? null) };
  return threw(readJobError(body), answer.status >= 500 && answer.headers["x-inngest-no-retry"] !== "true", wait);
}

/** With the SDK's `streaming` option the status is 201 at once and the real answer is the body, after white space that kept it alive. */
function readStreamed(body: string, signingKey: string, now: Date, unixSeconds: number): AppReply {
  const parsed = streamedAnswer.safeParse(readJson(body));
  if (!parsed.success || parsed.data.status === 201) {
    return { kind: "lost", message: "The app's streamed answer ended before it was complete." };
  }
  const headers = Object.fromEntries(
    Object.entries(parsed.data.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return readReply({ status: parsed.data.status, headers, body: parsed.data.body }, signingKey, now, unixSeconds);
}

function threw(error: JobError, retriable: boolean, wait: number | undefined): AppReply {
  return { kind: "threw", error, retriable, retryAfterMs: wait };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
