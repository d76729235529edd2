const BECH32 = /^([a-z]+1)[a-z0-9]{20,}$/;
/** A node's id before its address: `<40 hex digits>@host:port`. */
const PEER = /^([0-9a-f]{40})(@.+)$/;

/**
 * Shortens a long identifier in its middle, keeping a bech32 prefix and a peer's host whole: "omnivaloper1qyfk…9x2a4d",
 * "1f2e…9a8b7c@10.0.0.7:26656". What is short enough already comes back as it is. For looking at only: what is to be signed is never shortened.
 */
export function shortenMiddle(text: string, keepStart = 4, keepEnd = 6): string {
  const peer = PEER.exec(text);
  if (peer) return `${shortenMiddle(peer[1] ?? "", keepStart, keepEnd)}${peer[2]}`;
  const head = (BECH32.exec(text)?.[1]?.length ?? 0) + keepStart;
  return text.length <= head + keepEnd + 1 ? text : `${text.slice(0, head)}…${text.slice(-keepEnd)}`;
}
