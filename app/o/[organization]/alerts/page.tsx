import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { AlertList } from "@/components/monitoring/alert-list";
import { alertListInput } from "@/components/monitoring/list-inputs";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const [me, initial] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.monitoring.listAlerts(alertListInput(await toSearchParams(searchParams)))),
  ]);
  return <AlertList initial={initial} canAct={me?.scopes.includes("monitoring:write") ?? false} />;
}
