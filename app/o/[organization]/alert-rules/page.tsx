import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { RuleList } from "@/components/monitoring/rule-list";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Alert rules" };

export default async function AlertRulesPage() {
  const caller = await api();
  const [me, initial] = await Promise.all([caller.identity.me(), firstRead(caller.monitoring.listRules({}))]);
  return <RuleList initial={initial} canAct={me?.scopes.includes("monitoring:write") ?? false} />;
}
