import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { ChannelList } from "@/components/notifications/channel-list";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const cursor = (await toSearchParams(searchParams)).get("cursor");
  const [me, initial, offered] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.notifications.listChannels({ limit: 50, ...(cursor ? { cursor } : {}) })),
    caller.notifications.listChannelKinds({}),
  ]);
  const canMake = me?.scopes.includes("notifications:write") ?? false;
  return <ChannelList initial={initial} kinds={canMake ? offered.kinds : null} />;
}
