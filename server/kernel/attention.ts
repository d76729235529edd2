import { z } from "zod";

/** How pressing it is: `danger` costs or is about to, `attention` waits for a person, `moving` is under way and waits for nobody. */
export const ATTENTION_STATES = ["danger", "attention", "moving"] as const;

/** One thing of a domain that a person of the organisation should know of now, with the page where they act. */
export const AttentionItem = z.strictObject({
  /** Stable while the matter lasts. */
  id: z.string(),
  state: z.enum(ATTENTION_STATES),
  /** What it is about, e.g. a validator's name. */
  title: z.string(),
  /** What is the matter, in one sentence. */
  sentence: z.string(),
  /** What its page lets one do, e.g. "Sign the transaction". */
  act: z.string(),
  /** Address within the organisation, e.g. `/validators/val_…`; or of the person's own pages below `/account`. */
  href: z.string(),
  /** Since when. */
  at: z.iso.datetime(),
});
export type AttentionItem = z.infer<typeof AttentionItem>;

/** What needs somebody now, the most pressing first; `isComplete` is false where there was more than could be looked at. */
export const AttentionList = z.strictObject({ items: z.array(AttentionItem), isComplete: z.boolean() });
export type AttentionList = z.infer<typeof AttentionList>;

/** Worst first; of equals, what has waited longest. */
export const byUrgency = (one: AttentionItem, other: AttentionItem): number =>
  ATTENTION_STATES.indexOf(one.state) - ATTENTION_STATES.indexOf(other.state) || (one.at < other.at ? -1 : 1);
