import { createServer } from "node:http";
import { sign } from "@/inngest/engine/protocol/signature";
import calls from "./captured-calls.json";
import checkpoints from "./captured-checkpoints.json";
import { testSigningKey } from "./test-app";

type Call = (typeof calls)[number];
type Received = { readonly captured: Call; readonly request: Call["request"] };

/** An app without code: it answers each call of a server as the captured app did when it was asked the same. */
export type ReplayApp = {
  readonly url: string;
  /** The calls that it was sent, each with the captured one that it took for its model. */
  readonly received: readonly Received[];
  /** How many captured calls it has not been sent yet. */
  leftCount(): number;
  /** Calls that no captured one is like. */
  readonly unknown: readonly string[];
  /** The statuses with which its checkpoints were answered. */
  readonly checkpointStatuses: readonly number[];
  stop(): Promise<void>;
};

/** A call for one planned step: which of its siblings ended before it is an accident, in the capture as here. */
export const isOneOfParallel = (stepId: string | null): boolean => stepId !== "step";

/** What makes two calls the same question: the function, the step, the attempt, the event's data and the steps that are known. */
function questionOf(url: URL, request: Call["request"]): string {
  const stepId = url.searchParams.get("stepId");
  // `i` numbers events that were sent at once: which of them a limit let through was an accident.
  const { _inngest, i, ...data } = (request.event.data ?? {}) as Record<string, unknown>;
  const about = "error" in data ? {} : data;
  return JSON.stringify([
    url.searchParams.get("fnId"),
    stepId,
    request.ctx.attempt,
    about,
    isOneOfParallel(stepId) ? "its siblings" : [...request.ctx.stack.stack].sort(),
  ]);
}

/** Starts it on a free port. Checkpoints of a captured call are reported to `engineUrl` before the call is answered, as the SDK did. */
export async function startReplayApp(engineUrl: () => string, authorization: string): Promise<ReplayApp> {
  const left = calls.map((captured) => ({
    captured,
    question: questionOf(new URL(captured.url, "http://app"), captured.request),
  }));
  const received: Received[] = [];
  const unknown: string[] = [];
  const checkpointStatuses: number[] = [];
  const server = createServer((incoming, response) => {
    const answer = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const request = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Call["request"];
      const question = questionOf(new URL(incoming.url ?? "/", "http://app"), request);
      const at = left.findIndex((one) => one.question === question);
      const [found] = at === -1 ? [] : left.splice(at, 1);
      if (found === undefined) {
        unknown.push(question);
        response.writeHead(500).end();
        return;
      }
      const { captured } = found;
      received.push({ captured, request });
      for (const { body } of checkpoints.filter((one) => one.body.request_id === captured.request.ctx.request_id)) {
        const { run_id, qi_id, request_id, generation_id } = request.ctx;
        const saved = await fetch(`${engineUrl()}/v1/checkpoint/${run_id}/async`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization },
          body: JSON.stringify({ ...body, run_id, qi_id, request_id, generation_id }),
        });
        checkpointStatuses.push(saved.status);
      }
      const body = JSON.stringify(captured.answer);
      const signature = sign(body, testSigningKey, Math.round(Date.now() / 1_000));
      const headers = Object.fromEntries(
        Object.entries(captured.answerHeaders).map(([name, value]) => [name, String(value)]),
      );
      response.writeHead(captured.status, {
        "content-type": "application/json",
        ...headers,
        "x-inngest-signature": signature,
      });
      response.end(body);
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the app is not listening");
  return {
    url: `http://127.0.0.1:${address.port}/api/inngest`,
    received,
    leftCount: () => left.length,
    unknown,
    checkpointStatuses,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
