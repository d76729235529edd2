import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { setupListInput } from "@/components/admin/list-inputs";
import { SetupRequestList } from "@/components/admin/setup-requests/setup-request-list";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Setup requests" };

export default async function SetupRequestsPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = setupListInput(await toSearchParams(searchParams));
  const initial = await firstRead((await api()).validators.admin.listSetupRequests(input));
  return <SetupRequestList initial={initial} />;
}
