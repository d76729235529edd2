import { z } from "zod";
import { wordsText } from "./text";

/** What somebody types into the palette: a name, an id, an address, a hash, a height. */
export const FindInput = z.strictObject({ words: wordsText(2, 100) });

/** What can be found, in the words that stand beside it. */
const FOUND_KINDS = ["validator", "setup", "node", "transaction", "block", "chain validator", "run"] as const;

/** One thing that has the words, with where it stands and what can be done with it from anywhere. */
export const FoundItem = z.strictObject({
  id: z.string(),
  kind: z.enum(FOUND_KINDS),
  title: z.string(),
  /** How it stands or where it is from, in a few words. */
  detail: z.string(),
  /** Its page: within the organisation, e.g. `/validators/val_…`, or a whole address below `/admin`; null where it has none. */
  href: z.string().nullable(),
  /** Pages on which an act is opened with its consequences; nothing is done from the palette itself. */
  acts: z.array(z.strictObject({ label: z.string(), href: z.string() })),
  copies: z.array(z.strictObject({ label: z.string(), value: z.string() })),
});
export type FoundItem = z.infer<typeof FoundItem>;

/** The best few of each domain, the likeliest first. */
export const FoundList = z.strictObject({ items: z.array(FoundItem) });
export type FoundList = z.infer<typeof FoundList>;

/** More of one domain would push those of the others out of sight. */
export const MAX_FOUND = 8;

/** A pattern for `ilike` in which what was typed stands for itself. */
export const likePattern = (words: string): string => words.replace(/[\\%_]/g, (sign) => `\\${sign}`);
