/** Control, invisible, direction-changing and half characters: in a terminal or a page they show something other than what is there. */
const UNSAFE = /[^\P{C}\n\t]|[\u2028\u2029]/gu;

/** Text from outside as it may be told again: at most `maxLength` characters, and none that acts instead of being read. */
export function safeText(text: string, maxLength: number): string {
  const isLong = text.length > maxLength;
  // Cut first: what is thrown away costs nothing.
  const kept = (isLong ? text.slice(0, maxLength - 1) : text).replace(UNSAFE, "\ufffd");
  return isLong ? `${kept}\u2026` : kept;
}
