import { isAppError } from "@/server/kernel/errors";

/** Networks that did not answer once during a sweep: asking them again for each of their rows would only keep the others waiting. */
export function silentNetworks() {
  const silent = new Set<string>();
  return {
    has: (networkId: string): boolean => silent.has(networkId),
    /** Takes note of a failure; what is no failure of ours to expect goes on being thrown. */
    note: (networkId: string, thrown: unknown): { code: string } => {
      if (!isAppError(thrown)) throw thrown;
      if (thrown.kind === "upstream_unavailable" || thrown.kind === "timeout") silent.add(networkId);
      return { code: thrown.code };
    },
  };
}
