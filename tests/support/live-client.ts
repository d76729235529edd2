import { asJson, type JsonValue } from "@/lib/live/json-value";
import { type LiveMessage, LiveMessages } from "@/lib/live/live-message";
import { patched } from "@/lib/live/state-patch";
import { type ApiCall, callApi } from "./http-client";

type Asked = readonly [name: string, input: Readonly<Record<string, unknown>>, held?: string];

/** The address of a stream of these reads. */
export const livePath = (topics: readonly Asked[]): string =>
  `/api/v1/live?reads=${encodeURIComponent(JSON.stringify(topics.map(([name, input, held = ""]) => [name, input, held])))}`;

/** Opens a stream and reads it as a browser does: what it was sent, and what that makes of the states. */
export async function openLive(
  topics: readonly Asked[],
  call: ApiCall & { readonly held?: readonly JsonValue[] } = {},
) {
  const client = new AbortController();
  const answer = await callApi("GET", livePath(topics), { ...call, signal: client.signal });
  const reader = answer.response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const messages: LiveMessage[] = [];
  /** As they came, beats and comments among them. */
  const events: string[] = [];
  const states: (JsonValue | undefined)[] = [...(call.held ?? [])];
  let text = "";
  let isOver = false;
  const take = (block: string) => {
    events.push(`${block}\n\n`);
    const lines = new Map(
      block.split("\n").map((line) => [line.split(": ", 1)[0] ?? "", line.slice(line.indexOf(": ") + 2)]),
    );
    if (lines.has("event") || !lines.has("data")) return;
    for (const message of LiveMessages.parse(JSON.parse(lines.get("data") ?? ""))) {
      messages.push(message);
      if ("state" in message) states[message.topic] = message.state;
      if ("patch" in message) states[message.topic] = patched(asJson(states[message.topic]), message.patch);
    }
  };
  const read = async () => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      text += value;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) take(block);
    }
    isOver = true;
  };
  const ended = read().catch(() => {
    isOver = true;
  });
  return {
    status: answer.status,
    body: answer.body,
    headers: answer.headers,
    messages,
    events,
    states,
    isOver: () => isOver,
    close: async () => {
      client.abort();
      await ended;
    },
  };
}
