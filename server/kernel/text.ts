import { z } from "zod";
import { hasUnseen, isSeen } from "@/lib/names/unseen";

/**
 * Text from outside, bounded before anything else looks at it: normalising, patterns and refinements may cost more than one pass, and a check
 * that does not abort lets the next one run on what it has just refused.
 */
export const boundedText = (maxLength: number, words = `at most ${maxLength} characters`) =>
  z.string().max(maxLength, { abort: true, error: words });

/** Bounded text of a fixed shape; the pattern sees nothing longer than the bound. */
export const patternText = (pattern: RegExp, words: string, maxLength: number) =>
  boundedText(maxLength).regex(pattern, { abort: true, error: words });

/** So many units of what was typed may become one of what is kept (Greek letters with three marks, Unicode UAX 15). */
const NFC_SHRINK_FACTOR = 4;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;
// Control characters cannot be kept as JSON text, half a surrogate pair is no character, and a chain's JSON writes separators otherwise than ours.
const isPrintable = (text: string): boolean => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);

/** One rule for everything that is read as a name or signed as a text: what is there is seen, and spaces are spaces. */
const printableText = (maxTyped: number, words: string) =>
  boundedText(maxTyped, words)
    .refine(isPrintable, { abort: true, error: "no control characters or line breaks" })
    .refine((text) => !hasUnseen(text), { abort: true, error: "no characters that cannot be seen" })
    .transform((text) =>
      text
        .normalize("NFC")
        .replace(/\p{Zs}/gu, " ")
        .trim(),
    );

/** Of what is there something is seen; nothing at all is another rule's matter. */
const isSeenOrEmpty = (text: string): boolean => text === "" || isSeen(text);
const CANNOT_BE_SEEN = "give it a name that can be seen";

/** What people call a thing: of an organisation, a person, a token, whatever comes; one rule for all of them. */
export const nameText = (maxCharacters: number) => {
  const words = `at most ${maxCharacters} characters`;
  return printableText(maxCharacters * NFC_SHRINK_FACTOR, words).pipe(
    z.string().min(1, "give it a name").max(maxCharacters, words).refine(isSeenOrEmpty, CANNOT_BE_SEEN),
  );
};

/** Text as a chain limits it: in bytes of UTF-8 after normalisation, of which there are at least 3 for 4 units typed; empty is allowed. */
export const bytesText = (maxBytes: number) => {
  const words = `at most ${maxBytes} bytes`;
  return printableText(maxBytes * 2, words).pipe(
    boundedText(maxBytes, words).refine((text) => byteLength(text) <= maxBytes, words),
  );
};

/** A name that a chain keeps, which limits it in bytes; it has to be seen like any other. */
export const nameBytesText = (maxBytes: number) => bytesText(maxBytes).refine(isSeenOrEmpty, CANNOT_BE_SEEN);

/** A person's words for the audit log or a story: bounded, trimmed, line breaks allowed. */
export const wordsText = (minCharacters: number, maxCharacters: number) =>
  boundedText(maxCharacters).trim().min(minCharacters, `at least ${minCharacters} characters`);

/** An http or https address without a name and password in it. */
export const webUrlText = (maxLength: number) =>
  boundedText(maxLength).refine(isWebUrl, "an http or https address without a password in it");

/** Whether the text is an http or https address without credentials. */
export function isWebUrl(text: string): boolean {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  const isWeb = parsed?.protocol === "https:" || parsed?.protocol === "http:";
  return isWeb && parsed.username === "" && parsed.password === "";
}

/** Of an address's two spellings the lower one; what mixes both stays as it is and is refused. */
export function inOneSpelling(address: string): string {
  return address === address.toUpperCase() ? address.toLowerCase() : address;
}

/**
 * An account as people give it: bech32 of 20 bytes. Both of its spellings are taken and one is kept and compared; a mixture is no address
 * (BIP-173). Checksum and network are checked where the network is known.
 */
export const accountAddressText = boundedText(120)
  .transform(inOneSpelling)
  .pipe(
    patternText(
      /^(?![a-z]*(?:valoper|valcons|pub)1)[a-z]{1,30}1[02-9ac-hj-np-z]{38}$/,
      "an account's address such as omni1…, not in mixed case; not a validator's or a consensus address",
      120,
    ),
  );

/** First and last instant that a row can hold: PostgreSQL knows no year 0000, and what is written with four digits ends with 9999. */
const EARLIEST = new Date("0001-01-01T00:00:00.000Z");
const LATEST = new Date("9999-12-31T23:59:59.999Z");
const isInRange = (text: string): boolean => {
  const ms = Date.parse(text);
  return ms >= EARLIEST.getTime() && ms <= LATEST.getTime();
};

/** An instant as text, in UTC, of the years 0001 to 9999; every date of an input is this or `instantDate`. */
export const instantText = z.iso
  .datetime("an instant in UTC such as 2026-01-31T12:00:00Z")
  .max(30, { abort: true, error: "an instant in UTC such as 2026-01-31T12:00:00Z" })
  .refine(isInRange, "a time of the years 0001 to 9999");

/** The same range for what is a date already, or becomes one. */
export const instantDate = z.coerce.date().min(EARLIEST).max(LATEST);

/** Yes or no, as JSON and as a query write it. */
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
