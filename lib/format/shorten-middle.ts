const BECH32 = /^([a-z]+1)[a-z0-9]{20,}$/;

/**
 * Shortens a long identifier in its middle, keeping a bech32 prefix whole: "omnivaloper1qyfk…9x2a4d". What is short
 * enough already comes back as it is. For looking at only: what is to be signed is never shortened.
 */
export function shortenMiddle(text: string, keepStart = 4, keepEnd = 6): string {
  const head = (BECH32.exec(text)?.[1]?.length ?? 0) + keepStart;
  return text.length <= head + keepEnd + 1 ? text : `${text.slice(0, head)}…${text.slice(-keepEnd)}`;
}
