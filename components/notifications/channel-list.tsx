"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import type { Channel } from "@/server/domains/notifications/schemas";
import { channelJudgement, KIND_WORDS } from "./channel-words";
import { type KindChoice, NewChannel } from "./new-channel";

const REFETCH_MS = 10_000;
const COLUMNS: readonly DataColumn<Channel>[] = [
  {
    id: "name",
    header: "Channel",
    isName: true,
    cell: ({ name }) => <NameCell name={name} />,
    text: ({ name }) => name,
  },
  { id: "kind", header: "Kind", cell: ({ kind }) => KIND_WORDS[kind], text: ({ kind }) => kind },
  {
    id: "state",
    header: "State",
    cell: (channel) => <StateBadge {...channelJudgement(channel)} />,
    text: (channel) => channelJudgement(channel).word,
  },
  {
    id: "target",
    header: "Leads to",
    cell: ({ maskedTarget }) => maskedTarget,
    text: ({ maskedTarget }) => maskedTarget,
  },
  { id: "severity", header: "From", cell: ({ minSeverity }) => minSeverity, text: ({ minSeverity }) => minSeverity },
  {
    id: "quiet",
    header: "Quiet hours",
    cell: ({ quietHours: quiet }) =>
      quiet ? `${quiet.from} to ${quiet.to}, ${quiet.timeZone}` : <span className="text-ink-muted">none</span>,
    text: ({ quietHours: quiet }) => (quiet ? `${quiet.from}-${quiet.to} ${quiet.timeZone}` : ""),
  },
  {
    id: "last",
    header: "Newest message",
    cell: ({ lastDelivery }) =>
      lastDelivery ? <AgeText at={lastDelivery.at} /> : <span className="text-ink-muted">none yet</span>,
    text: ({ lastDelivery }) => lastDelivery?.at ?? "",
  },
];

type ChannelListProps = {
  initial: { readonly items: readonly Channel[]; readonly nextCursor: string | null } | undefined;
  /** What can be made here; null where this person may not make one. */
  kinds: readonly KindChoice[] | null;
};

/** How the organisation is told: its channels, newest first. */
export function ChannelList({ initial, kinds }: ChannelListProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const cursor = useSearchParams().get("cursor") ?? undefined;
  const [isMaking, setMaking] = useState(false);
  const read = useQuery(
    trpc.notifications.listChannels.queryOptions(
      { limit: 50, ...(cursor ? { cursor } : {}) },
      {
        refetchInterval: REFETCH_MS,
        ...(initial ? { initialData: { ...initial, items: [...initial.items] } } : {}),
      },
    ),
  );
  const make = kinds ? (
    <Button kind="primary" onClick={() => setMaking(true)}>
      <Plus />
      New channel
    </Button>
  ) : undefined;
  const isEmpty = read.data?.items.length === 0 && cursor === undefined;
  const missing = kinds?.find(({ kind }) => kind === "email")?.unavailableBecause;
  return (
    <ListPage
      id="channels"
      title="Channels"
      facts="Where alerts of this organisation are sent."
      actions={isEmpty ? undefined : make}
      lead={missing ? <p className="text-sm text-ink-muted">E-mail is off. {missing}</p> : undefined}
      subject="The list of channels"
      read={read}
      columns={COLUMNS}
      rowId={({ id }) => id}
      rowHref={({ id }) => hrefOf(`/channels/${id}`)}
      empty={
        <EmptyState title="Nobody is told yet" action={make}>
          A channel tells you of alerts by e-mail, chat, pager or a webhook of your own.
          {kinds ? "" : " An owner or admin of the organisation can make one."}
        </EmptyState>
      }
    >
      {kinds ? <NewChannel open={isMaking} onOpenChange={setMaking} kinds={kinds} /> : null}
    </ListPage>
  );
}
