/** One part of a guide: a heading, what it says, and what to type. */
export type GuideSection = {
  readonly id: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** A shell block; `$ORIGIN` stands for the address of this installation. */
  readonly code?: string;
};
