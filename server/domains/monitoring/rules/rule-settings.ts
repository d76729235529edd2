import { z } from "zod";
import { defineCommand, defineQuery } from "@/server/kernel/verbs";
import { conditionWords, RULES, type Rule, ruleOf } from "../constants";
import { badThreshold, noThreshold } from "../errors";
import { RuleList, RuleView, SetRuleInput } from "../schemas";
import { listRuleSettings, type RuleSettingRow, upsertRuleSetting } from "./repository";

const toRule = (
  rule: Rule,
  own: Pick<RuleSettingRow, "isEnabled" | "threshold" | "forSeconds"> | undefined,
): RuleView => {
  const threshold = own?.threshold ?? rule.threshold?.default ?? null;
  return {
    code: rule.code,
    title: rule.title,
    condition: conditionWords(rule, threshold),
    severity: rule.severity,
    isEnabled: own?.isEnabled ?? true,
    threshold,
    defaultThreshold: rule.threshold?.default ?? null,
    minThreshold: rule.threshold?.min ?? null,
    maxThreshold: rule.threshold?.max ?? null,
    unit: rule.threshold?.unit ?? null,
    forSeconds: own?.forSeconds ?? rule.forSeconds,
    defaultForSeconds: rule.forSeconds,
    runbook: rule.runbook,
  };
};

/** Every rule as it holds for the organisation. */
export const listRules = defineQuery({
  verb: "monitoring.list-rules",
  scope: "monitoring:read",
  tenancy: "organization",
  input: z.strictObject({}),
  output: RuleList,
  run: async (ctx) => {
    const own = await listRuleSettings(ctx.db, ctx.organizationId);
    return {
      items: RULES.map((rule) =>
        toRule(
          rule,
          own.find((one) => one.rule === rule.code),
        ),
      ),
    };
  },
});

/** Sets a rule as the organisation wants it; the next look goes by it. @throws invalid monitoring.bad_threshold, invalid monitoring.no_threshold */
export const setRule = defineCommand({
  verb: "monitoring.set-rule",
  scope: "monitoring:write",
  tenancy: "organization",
  input: SetRuleInput,
  output: RuleView,
  run: async (ctx, input) => {
    const rule = ruleOf(input.rule);
    if (!rule) throw new Error(`the schema lets ${input.rule} through`);
    const { threshold } = input;
    if (threshold !== null && rule.threshold === null) throw noThreshold();
    if (
      threshold !== null &&
      rule.threshold !== null &&
      (threshold < rule.threshold.min || threshold > rule.threshold.max)
    ) {
      throw badThreshold(rule.threshold.min, rule.threshold.max);
    }
    const before = (await listRuleSettings(ctx.tx, ctx.organizationId)).find((one) => one.rule === rule.code);
    await upsertRuleSetting(ctx.tx, { organizationId: ctx.organizationId, ...input, updatedAt: ctx.now });
    const facts = ({
      isEnabled,
      threshold,
      forSeconds,
    }: Pick<RuleSettingRow, "isEnabled" | "threshold" | "forSeconds">) => ({ isEnabled, threshold, forSeconds });
    ctx.audit({
      action: "monitoring.rule.set",
      targetType: "alert_rule",
      targetId: rule.code,
      details: { before: before ? facts(before) : null, after: facts(input) },
    });
    return toRule(rule, input);
  },
});
