import { z } from "zod";
import { decToPercent } from "@/lib/chain/dec";
import { formatInstant } from "@/lib/format/format-instant";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits } from "@/lib/money";

export const NEWS_KINDS = [
  "jailed",
  "unjailed",
  "tombstoned",
  "slashed",
  "edited",
  "stake_changed",
  "entered_set",
  "left_set",
  "removed",
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** What the chain's own story says of a change besides its kind. */
export const NewsDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type Denom = { readonly symbol: string; readonly exponent: number };
type Facts = {
  readonly heightBlocks: string;
  readonly details: z.output<typeof NewsDetails>;
  readonly denom: Denom;
};

/** How a line of news is marked in the story. */
type Mark = "ok" | "attention" | "danger" | "off";

const CAUSES: Readonly<Record<string, string>> = {
  downtime: " for missing too many blocks",
  double_sign: " for signing a block twice",
  unknown: "",
};
const causeOf = ({ details }: Facts): string => CAUSES[String(details.cause ?? "unknown")] ?? "";
const said = (value: Facts["details"][string] | undefined): string | null => (typeof value === "string" ? value : null);

const amountWords = (amountBaseUnits: string, { symbol, exponent }: Denom): string =>
  `${formatBaseUnits(amountBaseUnits, exponent)}${UNIT_SPACE}${symbol}`;

function editWords({ details }: Facts): string {
  const [moniker, monikerTo] = [said(details.monikerFrom), said(details.monikerTo)];
  const [commission, commissionTo] = [said(details.commissionFrom), said(details.commissionTo)];
  const fields = said(details.fields);
  return [
    moniker === null || monikerTo === null ? null : `name from "${moniker}" to "${monikerTo}"`,
    commission === null || commissionTo === null
      ? null
      : `commission from ${decToPercent(commission)} % to ${decToPercent(commissionTo)} %`,
    fields,
  ]
    .filter((part) => part !== null)
    .join("; ");
}

const LINES: Record<NewsKind, { readonly mark: Mark; readonly words: (facts: Facts) => string }> = {
  jailed: {
    mark: "danger",
    words: (facts) => {
      const until = said(facts.details.jailedUntil);
      const end = until === null ? "" : ` Its owner may unjail it from ${formatInstant(Date.parse(until), "UTC")} on.`;
      return `The chain jailed the validator${causeOf(facts)}; seen at block ${facts.heightBlocks}. It neither signs nor earns until it is unjailed.${end} Look at what its node missed first.`;
    },
  },
  unjailed: { mark: "ok", words: ({ heightBlocks }) => `The validator is out of jail; seen at block ${heightBlocks}.` },
  tombstoned: {
    mark: "danger",
    words: ({ heightBlocks }) =>
      `The chain saw the validator sign twice; seen at block ${heightBlocks}. Its key can never sign again: make another validator with a new one.`,
  },
  slashed: {
    mark: "danger",
    words: (facts) => {
      const { details, denom, heightBlocks } = facts;
      const amount = said(details.amountBaseUnits);
      const before = said(details.tokensBeforeBaseUnits);
      const lost = amount === null ? "A part" : amountWords(amount, denom);
      const of = before === null ? "" : ` of ${amountWords(before, denom)}`;
      const height = said(details.slashedAtHeightBlocks);
      const source =
        height === null ? `; seen at block ${heightBlocks}, by the difference of two looks` : ` in block ${height}`;
      return `${lost}${of} staked with the validator was slashed${causeOf(facts)}${source}.`;
    },
  },
  edited: {
    mark: "off",
    words: (facts) => `The validator was edited: ${editWords(facts)}; seen at block ${facts.heightBlocks}.`,
  },
  stake_changed: {
    mark: "off",
    words: ({ details, denom, heightBlocks }) => {
      const change = said(details.changeBaseUnits);
      const now = said(details.tokensBaseUnits);
      const by = change === null ? "" : ` by ${amountWords(change.replace("-", ""), denom)}`;
      const to = now === null ? "" : ` to ${amountWords(now, denom)}`;
      return `What is staked with the validator ${change?.startsWith("-") ? "fell" : "grew"}${by}${to}; seen at block ${heightBlocks}.`;
    },
  },
  entered_set: {
    mark: "ok",
    words: ({ heightBlocks }) => `The validator entered the active set; seen at block ${heightBlocks}.`,
  },
  left_set: {
    mark: "attention",
    words: ({ heightBlocks }) =>
      `The validator left the active set; seen at block ${heightBlocks}. It neither signs nor earns outside of it.`,
  },
  removed: {
    mark: "attention",
    words: ({ heightBlocks }) => `The chain has the validator no more; seen at block ${heightBlocks}.`,
  },
};

/** The story's line of one piece of news, and its mark. */
export const newsLine = (kind: NewsKind, facts: Facts): { readonly message: string; readonly mark: Mark } => ({
  message: LINES[kind].words(facts),
  mark: LINES[kind].mark,
});
