"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { FactList } from "@/components/figures/fact-list";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailColumns, DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import type { Channel } from "@/server/domains/notifications/schemas";
import { ChannelSettings } from "./channel-settings";
import { channelJudgement, KIND_WORDS } from "./channel-words";
import { DeliveryPanel } from "./delivery-panel";

const REFETCH_MS = 5_000;

const sentenceOf = (channel: Channel): string => {
  if (channel.status === "removed") return "It is told nothing more; where it led is forgotten.";
  if (channel.status === "unverified") {
    return channel.kind === "email"
      ? "Send a test, then enter the code that arrives. Until then it is told nothing."
      : "Send a test. Until one arrived it is told nothing.";
  }
  return channel.lastDelivery?.result ?? "Nothing was sent to it yet.";
};

type ChannelDetailProps = { channelId: string; initial: Channel | undefined; canAct: boolean };

/** One channel: whether it works, its test, what it hears, and every message with its tries. */
export function ChannelDetail({ channelId, initial, canAct }: ChannelDetailProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const hrefOf = useOrganizationHref();
  const [isRemoving, setRemoving] = useState(false);
  const read = useQuery(
    trpc.notifications.getChannel.queryOptions(
      { channelId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const test = useAct(() => client.notifications.testChannel.mutate({ channelId }));
  const remove = useAct(
    () => client.notifications.removeChannel.mutate({ channelId }),
    () => setRemoving(false),
  );
  const trail = [{ href: hrefOf("/channels"), label: "Channels" }];
  return (
    <DetailRead kind="Channel" id={channelId} trail={trail} subject="This channel" read={read}>
      {(channel, stale) => (
        <DetailPage
          title={channel.name}
          trail={trail}
          stale={stale}
          sentence={{ ...channelJudgement(channel), children: sentenceOf(channel) }}
          actions={
            canAct && channel.status !== "removed" ? (
              <>
                <Button kind="primary" busy={test.isBusy} onClick={() => void test.run(undefined)}>
                  Send a test
                </Button>
                <Button kind="dangerQuiet" onClick={() => setRemoving(true)}>
                  Remove
                </Button>
              </>
            ) : undefined
          }
        >
          {test.error ? (
            <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
              {test.error}
            </p>
          ) : null}
          <DetailColumns
            side={
              <>
                <Panel flush>
                  <FactList
                    facts={[
                      { label: "Kind", value: KIND_WORDS[channel.kind] },
                      { label: "Leads to", value: channel.maskedTarget },
                    ]}
                  />
                </Panel>
                {canAct && channel.kind === "email" && channel.status === "unverified" ? (
                  <ConfirmPanel channelId={channelId} />
                ) : null}
                {canAct && channel.status !== "removed" ? <ChannelSettings key={channel.id} channel={channel} /> : null}
              </>
            }
          >
            <DeliveryPanel channelId={channelId} canAct={canAct} />
          </DetailColumns>
          <DangerSheet
            open={isRemoving}
            onOpenChange={(open) => {
              remove.forget();
              setRemoving(open);
            }}
            act={`Remove channel ${channel.name}`}
            effects={["Nothing more is sent to it.", "Where it leads is forgotten; its messages stay on the list."]}
            duration="At once."
            cost="Alerts that only this channel hears reach nobody."
            wayBack="None. Make another channel."
            isBusy={remove.isBusy}
            error={remove.error}
            onConfirm={() => void remove.run(undefined)}
          />
        </DetailPage>
      )}
    </DetailRead>
  );
}

function ConfirmPanel({ channelId }: { channelId: string }) {
  const client = useTRPCClient();
  const [code, setCode] = useState("");
  const confirm = useAct(() => client.notifications.confirmChannel.mutate({ channelId, code: code.trim() }));
  return (
    <Panel title="Confirm the address">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!confirm.isBusy) void confirm.run(undefined);
        }}
      >
        <Field label="Code" required error={confirm.error} hint="Eight digits, in the test that arrived.">
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button type="submit" busy={confirm.isBusy}>
            Confirm the address
          </Button>
        </div>
      </form>
    </Panel>
  );
}
