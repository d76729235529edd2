import { toAppError } from "@/server/kernel/errors";
import type { Logger } from "@/server/kernel/logger";

/**
 * A sweep's questions to the networks of its rows. One that did not answer is not asked again by this sweep: that would only keep the others
 * waiting, and the next sweep asks again. `failed` names the line that is logged for a row of which nothing came.
 */
export function silentNetworks(logger: Logger, failed: string) {
  const silent = new Set<string>();
  return {
    /** What came of it; undefined when it failed or the network is silent. No row keeps those after it from their turn. */
    ask: async <Answer>(
      networkId: string,
      row: Readonly<Record<string, string>>,
      what: () => Promise<Answer>,
    ): Promise<Answer | undefined> => {
      if (silent.has(networkId)) return undefined;
      try {
        return await what();
      } catch (thrown) {
        const { kind, code } = toAppError(thrown);
        if (kind === "upstream_unavailable" || kind === "timeout") silent.add(networkId);
        if (kind === "internal") logger.error({ ...row, code, err: thrown }, failed);
        else logger.warn({ ...row, code }, failed);
        return undefined;
      }
    },
  };
}
