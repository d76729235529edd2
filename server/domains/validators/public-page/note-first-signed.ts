import { formatInstant } from "@/lib/format/format-instant";
import { groupDigits } from "@/lib/format/group-digits";
import { findFirstSigned } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { pagesById, SweepPage } from "@/server/kernel/pages-by-id";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { chainRefOf } from "../requests/missed-by-chain";
import { lockSetup, updateSetup } from "../requests/repository";
import { noteEvent } from "../story/note-event";
import { listWithoutFirstSigned } from "./repository";

/** A validator that has signed nothing for so long is not looked at each minute any more. */
const LOOK_DAYS = 30;

type FirstSigned = NonNullable<Awaited<ReturnType<typeof findFirstSigned>>>;

/** Keeps the block and writes the story's line, once. */
const recordFirstSigned = defineChange(
  "validators.record-first-signed",
  async (ctx: CommandCtx<string | null>, input: { readonly setupRequestId: string; readonly block: FirstSigned }) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup) throw new Error(`the request ${input.setupRequestId} is gone`);
    const { heightBlocks, at, hash } = input.block;
    const isNew = setup.firstSignedHeight === null;
    if (isNew) {
      await updateSetup(ctx.tx, setup.id, {
        firstSignedHeight: heightBlocks,
        firstSignedAt: at,
        firstSignedHash: hash,
        updatedAt: ctx.now,
      });
      await noteEvent(ctx, setup, {
        type: "activity",
        message: `Signed its first block: ${groupDigits(heightBlocks.toString())}, of ${formatInstant(at.getTime(), "UTC")}, hash ${hash}.`,
        details: { news: "first_signed", heightBlocks: heightBlocks.toString(), blockHash: hash, mark: "ok" },
      });
    }
    ctx.audit({
      action: isNew ? "validators.validator.first_signed" : "validators.validator.news_known",
      targetType: "setup_request",
      targetId: setup.id,
      organizationId: setup.organizationId,
      details: { heightBlocks: heightBlocks.toString(), hash },
    });
    return { isNew };
  },
);

/** Finds the first block that each new validator signed. Where the record has a hole there, nothing is said. Repeats safely. */
export const noteFirstSigned = defineFlow<Ports>()({
  verb: "validators.note-first-signed",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const since = new Date(ctx.now().getTime() - LOOK_DAYS * 86_400_000);
    let noted = 0;
    const pages = pagesById(pageSize, (afterId) => listWithoutFirstSigned(ctx.db, since, afterId, pageSize));
    for await (const page of pages) {
      for (const setup of page) {
        const { networkId, consensusAddressHex } = chainRefOf(setup);
        if (consensusAddressHex === null) continue;
        // Its key was made for this request, so it signed nothing before.
        const block = await findFirstSigned(ctx.db, { networkId, consensusAddressHex }, setup.createdAt);
        if (block === null) continue;
        if ((await recordFirstSigned(ctx, { setupRequestId: setup.id, block })).isNew) noted += 1;
      }
    }
    return { noted };
  },
});
