import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import { recoverIncident } from "../incidents/open-incident";
import { alertMachine } from "../machines";
import { canResolveAlert } from "../states";
import { lockAlert } from "./repository";

/** The alert has held for as long as its rule says: from now on people are told. */
export const fireAlert = defineChange(
  "monitoring.fire-alert",
  async (ctx: CommandCtx<string | null>, { alertId }: { readonly alertId: string }) => {
    const alert = await lockAlert(ctx.tx, null, alertId);
    // Another evaluator did it first.
    if (alert?.status !== "pending") {
      ctx.audit({ action: "monitoring.alert.late_look_ignored", targetType: "alert", targetId: alertId });
      return;
    }
    await move(ctx, alertMachine, alert, "firing", { patch: { firedAt: ctx.now } });
  },
);

/** Why an alert ended without anybody saying so. */
export type EndReason = "monitoring.recovered" | "monitoring.subject_gone" | "monitoring.rule_off";

const WORDS: Readonly<Record<EndReason, string>> = {
  "monitoring.recovered": "It recovered: the condition holds no more.",
  "monitoring.subject_gone": "What it was about is not watched any more.",
  "monitoring.rule_off": "The rule was switched off.",
};

/** The alert is over, and with it the incident that it opened. */
export const endAlert = defineChange(
  "monitoring.end-alert",
  async (
    ctx: CommandCtx<string | null>,
    { alertId, reason }: { readonly alertId: string; readonly reason: EndReason },
  ) => {
    const alert = await lockAlert(ctx.tx, null, alertId);
    if (!alert || !canResolveAlert(alert.status)) {
      ctx.audit({ action: "monitoring.alert.late_look_ignored", targetType: "alert", targetId: alertId });
      return;
    }
    await move(ctx, alertMachine, alert, "resolved", { reason, patch: { resolvedAt: ctx.now, inhibitedBy: null } });
    await recoverIncident(ctx, { alertId, words: WORDS[reason] });
  },
);
