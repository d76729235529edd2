import { groupDigits } from "../../format/group-digits";
import { formatBaseUnits } from "../../money";
import type { DenomDisplay } from "./decoded-transaction";

// Controls, formatting marks (bidi, zero width), surrogates, unassigned, and every space but the plain one.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu;
const PLAIN = /^[\x20-\x7e]*$/;
const BARE = /^[a-zA-Z0-9/:._-]{1,200}$/;

/** Text in quotes with everything invisible written out, so that two different texts never look equal by hidden characters. */
export function quoteText(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replace(INVISIBLE, (character) =>
      character === " " ? " " : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    );
  return `"${escaped}"`;
}

/** A machine's word (address, type, denom) bare when it is plain, quoted otherwise. */
export function showWord(text: string): string {
  return BARE.test(text) ? text : quoteText(text);
}

/** Whether letters beyond plain ASCII occur, some of which look like others. */
export function hasLookalikes(text: string): boolean {
  return !PLAIN.test(text);
}

/** `10 000 OMNI (10 000 000 000 omniphi)`, or base units alone where the denom is not known. */
export function showCoin(amount: bigint, denom: string, denoms: readonly DenomDisplay[]): string {
  const known = denoms.find((candidate) => candidate.base === denom);
  if (known === undefined) return `${groupDigits(amount)} ${showWord(denom)}`;
  return `${formatBaseUnits(amount, known.exponent)} ${known.display} (${groupDigits(amount)} ${showWord(denom)})`;
}
