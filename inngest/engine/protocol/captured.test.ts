import { describe, expect, it } from "vitest";
import calls from "@/tests/support/engine/captured-calls.json";
import { readReply } from "./app-reply";
import { callRequest, functionUuid } from "./call-request";
import { sign } from "./signature";

/* What a real server and SDK 4.24 said to each other: our requests must be what the SDK then accepted, its answers must be understood. */
const signingKey = "signkey-prod-00ff";
const now = new Date("2026-11-21T03:01:26Z");
const seconds = now.getTime() / 1_000;

const answersOf = calls.map((call) => {
  const body = JSON.stringify(call.answer);
  const headers = { ...call.answerHeaders, "x-inngest-signature": sign(body, signingKey, seconds) };
  return { call, reply: readReply({ status: call.status, headers, body }, signingKey, now, seconds) };
});
const opOf = (answer: unknown): string =>
  Array.isArray(answer) ? answer.map((step) => step.op).join(" ") : "an error";

describe("a captured answer", () => {
  it.each(answersOf.map(({ call, reply }) => [opOf(call.answer), call, reply] as const))(
    "with %s is understood",
    (_, call, reply) => {
      if (call.status === 206) {
        expect(reply).toMatchObject({ kind: "operations", requestVersion: 2 });
        const operations = reply.kind === "operations" ? reply.operations : [];
        expect(operations.map((step) => [step.id, step.op])).toEqual(
          Array.isArray(call.answer) ? call.answer.map((step) => [step.id, step.op]) : [],
        );
      } else {
        expect(reply).toMatchObject({
          kind: "threw",
          retriable: false,
          error: { name: "NonRetriableError", message: "no", cause: { message: "root" } },
        });
      }
    },
  );

  it("with a step to retry says when", () => {
    const flaky = answersOf.find(({ call }) => opOf(call.answer) === "StepError");
    expect(flaky?.reply).toMatchObject({ retryAfterMs: 1_000 });
  });

  it("is refused when it is unsigned, or signed by another", () => {
    const answer = { status: 206, headers: {}, body: "[]" };
    expect(readReply(answer, signingKey, now, seconds)).toMatchObject({ kind: "undelivered" });
    const foreign = { ...answer, headers: { "x-inngest-signature": sign("[]", "signkey-prod-11", seconds) } };
    expect(readReply(foreign, signingKey, now, seconds)).toMatchObject({ kind: "undelivered" });
  });

  it("is understood when the SDK streams it", () => {
    const body = JSON.stringify({ a: 1 });
    const headers = { "X-Inngest-Signature": sign(body, signingKey, seconds) };
    const streamed = { status: 201, headers: {}, body: `   ${JSON.stringify({ status: 200, headers, body })}` };
    expect(readReply(streamed, signingKey, now, seconds)).toEqual({ kind: "returned", output: body });
    expect(readReply({ ...streamed, body: "   " }, signingKey, now, seconds)).toMatchObject({ kind: "lost" });
  });
});

describe("a request", () => {
  it.each(calls.map((call) => [opOf(call.answer), call] as const))(
    "like the captured one answered by %s says the same",
    (_, call) => {
      const { ctx, event, steps } = call.request;
      const url = new URL(call.url, "http://app");
      const memo: Readonly<Record<string, unknown>> = steps;
      const stepId = url.searchParams.get("stepId");
      const request = callRequest(
        {
          functionId: url.searchParams.get("fnId") ?? "",
          functionUrl: "http://app/api/inngest",
          stepId: stepId === "step" ? null : stepId,
          runId: ctx.run_id,
          callId: ctx.job_id,
          requestId: ctx.request_id,
          generation: ctx.generation_id,
          attempt: ctx.attempt,
          maxAttempts: ctx.max_attempts,
          requestVersion: Number(call.headers["x-inngest-req-version"]),
          hasPendingSteps: ctx.disable_immediate_execution,
          event,
          steps: ctx.stack.stack.map((id) => ({ id, memo: memo[id] })),
        },
        signingKey,
        seconds,
      );
      const ours = { qi_id: ctx.job_id, fn_id: functionUuid(url.searchParams.get("fnId") ?? "") };
      expect(JSON.parse(request.body)).toEqual({ ...call.request, ctx: { ...ctx, ...ours } });
      expect(request.url).toBe(url.toString());
      expect(request.headers).toMatchObject(call.headers);
      expect(request.headers["x-inngest-signature"]).toBe(sign(request.body, signingKey, seconds));
    },
  );
});
