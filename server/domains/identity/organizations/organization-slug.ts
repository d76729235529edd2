import { randomBytes } from "node:crypto";
import { MAX_SLUG_LENGTH } from "../constants";

/** Without letters that are read as another: no i, l, o, u. */
const SUFFIX_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const SUFFIX_LENGTH = 6;

/** Small ASCII letters and digits of a name, joined by single hyphens; empty when the name has none. */
export function slugOf(name: string): string {
  const ascii = name.normalize("NFKD").toLowerCase();
  return ascii
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG_LENGTH - SUFFIX_LENGTH - 1)
    .replace(/^-+|-+$/g, "");
}

const randomSuffix = (): string =>
  [...randomBytes(SUFFIX_LENGTH)].map((byte) => SUFFIX_ALPHABET[byte % SUFFIX_ALPHABET.length]).join("");

/**
 * Slugs to try for a new organisation, the best first. A personal one is named by chance alone: an address is shown to others, and a person's
 * wallet is not their concern.
 */
export function* slugCandidates(organization: { readonly name: string; readonly kind: "personal" | "team" }) {
  const base = organization.kind === "personal" ? "personal" : slugOf(organization.name) || "team";
  if (organization.kind === "team") yield base;
  for (;;) yield `${base}-${randomSuffix()}`;
}
