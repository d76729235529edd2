import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { SetupRequestDetail } from "@/components/admin/setup-requests/setup-request-detail";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Setup request" };

export default async function SetupRequestPage({ params }: { params: Promise<{ setupRequestId: string }> }) {
  await requireOperator();
  const { setupRequestId } = await params;
  const caller = await api();
  const [setup, events] = await Promise.all([
    firstRead(caller.validators.admin.getSetupRequest({ setupRequestId })),
    firstRead(caller.validators.admin.listSetupEvents({ setupRequestId, newest: 500 })),
  ]);
  return <SetupRequestDetail setupRequestId={setupRequestId} initial={setup} initialEvents={events} />;
}
