import { createHash } from "node:crypto";
import type { EngineEvent } from "../events/event";
import { canonicalJson } from "./canonical-json";
import type { AppRequest } from "./send-request";
import { sign } from "./signature";

/** Everything that a call tells the app (Inngest SDK specification 4.4.1, and the members that SDK 4 reads besides). */
export type CallContent = {
  readonly functionId: string;
  readonly functionUrl: string;
  readonly stepId: string | null;
  readonly runId: string;
  readonly callId: string;
  readonly requestId: string;
  readonly generation: number;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly requestVersion: number;
  readonly hasPendingSteps: boolean;
  readonly event: EngineEvent;
  /** Ended steps in the order in which they ended; `memo` is what the SDK resolves the step with. */
  readonly steps: readonly { readonly id: string; readonly memo: unknown }[];
};

/** Bodies beyond this many bytes are not sent; the SDK is told to fetch events and steps from the engine instead. */
const maxInlineBytes = 4 * 1024 * 1024;

/** The request that asks an app to go on with a run. It is signed with the real time, since the app compares with its own clock. */
export function callRequest(content: CallContent, signingKey: string, unixSeconds: number): AppRequest {
  const full = canonicalJson(bodyOf(content, false));
  const body = Buffer.byteLength(full) > maxInlineBytes ? canonicalJson(bodyOf(content, true)) : full;
  const url = new URL(content.functionUrl);
  url.searchParams.set("fnId", content.functionId);
  url.searchParams.set("stepId", content.stepId ?? "step");
  return {
    method: "POST",
    url: url.toString(),
    headers: {
      "content-type": "application/json",
      "user-agent": "omniphi-engine",
      "x-inngest-signature": sign(body, signingKey, unixSeconds),
      "x-inngest-server-kind": "cloud",
      "x-inngest-req-version": String(content.requestVersion),
      "x-inngest-generation-id": String(content.generation),
      "x-inngest-job-id": content.callId,
      "x-inngest-step-id": content.stepId ?? "step",
      "x-request-id": content.requestId,
      "x-run-id": content.runId,
    },
    body,
  };
}

/** The id by which the SDK names a function in checkpoints: a UUID that depends on nothing but the function's own id. */
export function functionUuid(functionId: string): string {
  const hex = createHash("sha1").update(functionId).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function bodyOf(content: CallContent, useApi: boolean): unknown {
  const stack = content.steps.map((step) => step.id);
  return {
    ctx: {
      attempt: content.attempt,
      disable_immediate_execution: content.hasPendingSteps,
      env: "",
      fn_id: functionUuid(content.functionId),
      generation_id: content.generation,
      job_id: content.callId,
      max_attempts: content.maxAttempts,
      qi_id: content.callId,
      request_id: content.requestId,
      run_id: content.runId,
      stack: { current: stack.length, stack },
      step_id: "step",
      use_api: useApi,
    },
    defers: {},
    event: content.event,
    events: useApi ? [] : [content.event],
    steps: useApi ? {} : Object.fromEntries(content.steps.map((step) => [step.id, step.memo])),
    use_api: useApi,
    version: content.requestVersion,
  };
}
