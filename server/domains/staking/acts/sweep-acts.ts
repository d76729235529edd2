import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { pagesById, SweepPage } from "@/server/kernel/pages-by-id";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import { UNSIGNED_FOR_MINUTES } from "../constants";
import { actNotFound } from "../errors";
import { actMachine } from "./machine";
import { listUnsettledActs, listUnsignedActs, lockAct } from "./repository";
import { settleAct } from "./settle-act";

/** A block may have an expired one after all; chain itself stops looking long before this. */
const EXPIRED_LOOKED_AT_HOURS = 24;
const MINUTE_MS = 60_000;

/** Takes in outcomes whose event was lost. */
export const settleActs = defineFlow()({
  verb: "staking.settle-acts",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const expiredSince = new Date(ctx.now().getTime() - EXPIRED_LOOKED_AT_HOURS * 60 * MINUTE_MS);
    let seen = 0;
    const pages = pagesById(pageSize, (afterId) =>
      listUnsettledActs(ctx.db, { expiredSince, afterId, limit: pageSize }),
    );
    for await (const acts of pages) {
      for (const { id: actId } of acts) await settleAct(ctx, { actId });
      seen += acts.length;
    }
    return { seen };
  },
});

/** Under the lock: somebody may be signing it at this moment, and then it stays. */
const giveUpAct = defineChange(
  "staking.give-up-act",
  async (ctx: CommandCtx<string | null>, { actId }: { readonly actId: string }) => {
    const act = await lockAct(ctx.tx, null, actId);
    if (!act) throw actNotFound(actId);
    if (act.status === "prepared") {
      await move(ctx, actMachine, act, "withdrawn", { reason: "staking.unsigned_too_long" });
    } else {
      ctx.audit({
        action: "staking.act.signed_in_time",
        targetType: "act",
        targetId: act.id,
        organizationId: act.organizationId,
      });
    }
    return {};
  },
);

/** Gives up what nobody signed for an hour: sequence and gas have moved on by then. */
export const giveUpUnsignedActs = defineFlow()({
  verb: "staking.give-up-unsigned-acts",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const before = new Date(ctx.now().getTime() - UNSIGNED_FOR_MINUTES * MINUTE_MS);
    let seen = 0;
    const pages = pagesById(pageSize, (afterId) => listUnsignedActs(ctx.db, { before, afterId, limit: pageSize }));
    for await (const acts of pages) {
      for (const { id: actId } of acts) await giveUpAct(ctx, { actId });
      seen += acts.length;
    }
    return { seen };
  },
});
