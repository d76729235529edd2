import { z } from "zod";
import type { Executor } from "@/db/client";
import { networkOf } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { findLiveSetupOfOperator, lockSetup } from "../requests/repository";
import { type Denom, NEWS_KINDS, NewsDetails, newsLine } from "./news-words";
import { noteEvent } from "./note-event";
import { hasEventWith } from "./repository";

const News = z.strictObject({
  networkId: z.string(),
  operatorAddress: z.string(),
  kind: z.enum(NEWS_KINDS),
  heightBlocks: z.string(),
  details: NewsDetails.optional(),
});
type News = z.output<typeof News>;

/** By what the same news is known again. */
const keyOf = ({ kind, heightBlocks, details }: News) => ({
  news: kind,
  heightBlocks,
  // Two slashes may come to light in one look.
  ...(typeof details?.slashedAtHeightBlocks === "string"
    ? { slashedAtHeightBlocks: details.slashedAtHeightBlocks }
    : {}),
});

/** Whether the news is of a validator that was made here, and is not in its story yet. */
async function isToldFirst(db: Executor, news: News): Promise<boolean> {
  const setup = await findLiveSetupOfOperator(db, news.networkId, news.operatorAddress);
  return setup !== undefined && !(await hasEventWith(db, setup.id, keyOf(news)));
}

/** Writes the line; asked again under the lock, since the same news may come twice at once. */
const recordNews = defineChange(
  "validators.record-news",
  async (ctx: CommandCtx<string | null>, { news, denom }: { readonly news: News; readonly denom: Denom }) => {
    const { networkId, operatorAddress, kind, heightBlocks, details = {} } = news;
    const found = await findLiveSetupOfOperator(ctx.tx, networkId, operatorAddress);
    const setup = found && (await lockSetup(ctx.tx, null, found.id));
    if (!setup) throw new Error(`the validator ${operatorAddress} lost its setup request`);
    const isNoted = !(await hasEventWith(ctx.tx, setup.id, keyOf(news)));
    if (isNoted) {
      const { message, mark } = newsLine(kind, { heightBlocks, details, denom });
      await noteEvent(ctx, setup, { type: "activity", message, details: { ...details, ...keyOf(news), mark } });
    }
    ctx.audit({
      action: isNoted ? `validators.validator.${kind}` : "validators.validator.news_known",
      targetType: "setup_request",
      targetId: setup.id,
      organizationId: setup.organizationId,
      details: { networkId, operatorAddress, kind, heightBlocks },
    });
    return { isNoted };
  },
);

/**
 * What the chain did to a validator that was made here joins its request's story, for the people who own it. A validator of others leaves no
 * trace, since news of them are the most; the same news twice is one line.
 */
export const noteNews = defineFlow<Ports>()({
  verb: "validators.note-news",
  scope: "platform:write",
  tenancy: "platform",
  input: News,
  run: async (ctx, news) => {
    if (!(await isToldFirst(ctx.db, news))) return { isNoted: false };
    const { displayDenom, denomExponent } = await networkOf(ctx, news.networkId);
    return recordNews(ctx, { news, denom: { symbol: displayDenom, exponent: denomExponent } });
  },
});
