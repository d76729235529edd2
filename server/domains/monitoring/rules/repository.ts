import "server-only";
import type { Executor, Transaction } from "@/db/client";
import { alertRuleSettings } from "@/db/schema/monitoring";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";

export type RuleSettingRow = typeof alertRuleSettings.$inferSelect;

export const listRuleSettings = (db: Executor, organizationId: OrganizationFilter): Promise<RuleSettingRow[]> =>
  db.select().from(alertRuleSettings).where(owned(alertRuleSettings.organizationId, organizationId));

export const upsertRuleSetting = (tx: Transaction, row: typeof alertRuleSettings.$inferInsert) =>
  tx
    .insert(alertRuleSettings)
    .values(row)
    .onConflictDoUpdate({
      target: [alertRuleSettings.organizationId, alertRuleSettings.rule],
      set: {
        isEnabled: row.isEnabled,
        threshold: row.threshold ?? null,
        forSeconds: row.forSeconds ?? null,
        updatedAt: row.updatedAt,
      },
    });
