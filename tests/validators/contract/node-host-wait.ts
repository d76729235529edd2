import { setTimeout as delay } from "node:timers/promises";
import type { NodeHost, NodeInspection, NodeSpec } from "@/server/ports/node-host";

/** Asks until the answer satisfies, and fails with the last answer when it never does. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  isRight: (answer: Answer) => boolean,
  limitMs = 60_000,
): Promise<Answer> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > giveUpAt) throw new Error(`${what} did not come within ${limitMs} ms: ${JSON.stringify(answer)}`);
    await delay(100);
  }
}

export const untilRunning = (host: NodeHost, nodeId: string): Promise<NodeInspection> =>
  until(
    `${nodeId} running`,
    () => host.inspect(nodeId),
    ({ state }) => state === "running",
  );

/** Volume, keys and config: everything before start. */
export async function prepare(host: NodeHost, spec: NodeSpec): Promise<void> {
  await host.ensureVolume({ volumeId: spec.volumeId, nodeId: spec.nodeId, sizeBytes: 64 * 1024 ** 2 });
  await host.initialise(spec);
}

/** The code of the AppError that the call ends with; fails when it does not end with one. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && "kind" in thrown) return String(thrown.code);
    throw thrown;
  }
  throw new Error("The call went through.");
}
