import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { AlertDetail } from "@/components/monitoring/alert-detail";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Alert" };

export default async function AlertPage({ params }: { params: Promise<{ alertId: string }> }) {
  const { alertId } = await params;
  const caller = await api();
  const [me, initial] = await Promise.all([caller.identity.me(), firstRead(caller.monitoring.getAlert({ alertId }))]);
  const canAct = me?.scopes.includes("monitoring:write") ?? false;
  return <AlertDetail alertId={alertId} initial={initial} canAct={canAct} />;
}
