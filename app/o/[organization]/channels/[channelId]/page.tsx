import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { ChannelDetail } from "@/components/notifications/channel-detail";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Channel" };

export default async function ChannelPage({ params }: { params: Promise<{ channelId: string }> }) {
  const { channelId } = await params;
  const caller = await api();
  const [me, initial] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.notifications.getChannel({ channelId })),
  ]);
  const canAct = me?.scopes.includes("notifications:write") ?? false;
  return <ChannelDetail channelId={channelId} initial={initial} canAct={canAct} />;
}
