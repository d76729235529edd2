/** A reader takes the file for stale after this; it is written anew with each request. */
const VALID_DAYS = 90;

/** The text by which a finder of a weakness learns whom to tell (RFC 9116); `contact` is a mailto:, https: or tel: address. */
export function securityTxt(facts: {
  readonly contact: string;
  readonly publicUrl: string;
  readonly now: Date;
}): string {
  const expires = new Date(facts.now.getTime() + VALID_DAYS * 24 * 3_600_000);
  return [
    `Contact: ${facts.contact}`,
    `Expires: ${expires.toISOString().slice(0, 19)}Z`,
    "Preferred-Languages: en",
    `Canonical: ${new URL("/.well-known/security.txt", facts.publicUrl).href}`,
    "",
  ].join("\n");
}
