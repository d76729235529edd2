import { describe, expect, it, vi } from "vitest";
import { conflict, timedOut, upstreamUnavailable } from "@/server/kernel/errors";
import { createLogger } from "@/server/kernel/logger";
import { silentNetworks } from "./silent-networks";

/** The logger's own numbers. */
const WARN = 40;
const ERROR = 50;

function sweep() {
  const lines: string[] = [];
  const logger = createLogger({
    name: "test",
    level: "debug",
    destination: { write: (line) => void lines.push(line) },
  });
  const { ask } = silentNetworks(logger, "fog.not_seen");
  const question = vi.fn(async (answer: unknown) => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return {
    question,
    ask: (networkId: string, answer: unknown) => ask(networkId, { fogId: "fog_1" }, () => question(answer)),
    logged: (): unknown[] => lines.map((line) => JSON.parse(line)),
  };
}

describe("a sweep", () => {
  it.each([upstreamUnavailable("chain.unavailable", "x"), timedOut("chain.rpc_timeout", "x")])(
    "does not ask a network again that answered $code, and asks the others",
    async (silence) => {
      const { ask, question, logged } = sweep();
      expect(await ask("net_1", silence)).toBeUndefined();
      expect(await ask("net_1", "more")).toBeUndefined();
      expect(await ask("net_2", "there")).toBe("there");
      expect(question).toHaveBeenCalledTimes(2);
      expect(logged()).toMatchObject([{ level: WARN, fogId: "fog_1", code: silence.code, event: "fog.not_seen" }]);
    },
  );

  it.each([
    ["a refusal", conflict("chain.signer_busy", "x"), WARN],
    ["a failure that was not foreseen", new TypeError("x is not a function"), ERROR],
  ] as const)("goes on with the same network after %s, and says it", async (_, thrown, level) => {
    const { ask, logged } = sweep();
    expect(await ask("net_1", thrown)).toBeUndefined();
    expect(await ask("net_1", "there")).toBe("there");
    expect(logged()).toMatchObject([{ level, fogId: "fog_1", event: "fog.not_seen" }]);
  });
});
