const ED25519_KEY_BYTES = 32;

function lastJsonLine(stdout: string): unknown {
  const lines = stdout.split("\n").map((line) => line.trim());
  const line = lines.findLast((candidate) => candidate.startsWith("{"));
  if (line === undefined) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The raw key, base64, out of `posd comet show-validator`'s `{"@type":"/cosmos.crypto.ed25519.PubKey","key":"…"}`; null for anything else. */
export function parseConsensusPubkey(stdout: string): string | null {
  const raw = lastJsonLine(stdout);
  if (typeof raw !== "object" || raw === null) return null;
  const { "@type": type, key } = raw as Record<string, unknown>;
  if (type !== "/cosmos.crypto.ed25519.PubKey" || typeof key !== "string") return null;
  if (!/^[A-Za-z0-9+/]{43}=$/.test(key)) return null;
  return atob(key).length === ED25519_KEY_BYTES ? key : null;
}

/** The CometBFT node id (40 hex digits) out of `posd comet show-node-id`; null for anything else. */
export function parseCometNodeId(stdout: string): string | null {
  const lines = stdout.split("\n").map((line) => line.trim());
  return lines.findLast((line) => /^[0-9a-f]{40}$/.test(line)) ?? null;
}
