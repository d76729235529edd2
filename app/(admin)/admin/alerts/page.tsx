import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { AdminAlertList } from "@/components/monitoring/admin-alert-list";
import { alertListInput } from "@/components/monitoring/list-inputs";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Alerts" };

export default async function AdminAlertsPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = alertListInput(await toSearchParams(searchParams));
  return <AdminAlertList initial={await firstRead((await api()).monitoring.admin.listAlerts(input))} />;
}
