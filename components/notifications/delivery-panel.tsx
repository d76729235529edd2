"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { DELIVERY_JUDGEMENT } from "./channel-words";

/** The newest messages to a channel, with every try of each and what the receiver said. */
export function DeliveryPanel({ channelId, canAct }: { channelId: string; canAct: boolean }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(
    trpc.notifications.listDeliveries.queryOptions({ channelId, limit: 50 }, { refetchInterval: 5_000 }),
  );
  const resend = useAct((deliveryId: string) => client.notifications.resendDelivery.mutate({ deliveryId }));
  const items = read.data?.items ?? [];
  return (
    <Panel title="Messages" flush>
      {read.error && !read.data ? (
        <div className="p-4">
          <UpstreamDown
            upstream="The list of messages"
            sentence={shownError(read.error).message}
            code={shownError(read.error).code}
            onRetry={() => void read.refetch()}
          />
        </div>
      ) : items.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-muted">{read.data ? "None yet. Send a test." : "Reading the list."}</p>
      ) : (
        <ul className="divide-y text-sm">
          {items.map((delivery) => (
            <li key={delivery.id} className="grid gap-1 px-4 py-2">
              <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <StateBadge {...DELIVERY_JUDGEMENT[delivery.status]} />
                <span className="min-w-0 break-words">{delivery.title}</span>
                <span className="text-ink-muted">
                  <AgeText at={delivery.createdAt} />
                </span>
                {canAct && delivery.status === "dead" && !delivery.isTest ? (
                  <Button
                    size="small"
                    className="ml-auto"
                    busy={resend.isBusy}
                    onClick={() => void resend.run(delivery.id)}
                  >
                    Send again<span className="sr-only"> {delivery.title}</span>
                  </Button>
                ) : null}
              </div>
              <details className="text-xs text-ink-muted">
                <summary className="cursor-pointer py-1">
                  {delivery.attempts} {delivery.attempts === 1 ? "try" : "tries"}. {delivery.lastResult ?? ""}
                  {delivery.nextTryAt ? (
                    <>
                      {" "}
                      Next <AgeText at={delivery.nextTryAt} />.
                    </>
                  ) : null}
                </summary>
                <ol className="grid gap-0.5 pl-4">
                  {delivery.tries.map(({ at, result }) => (
                    <li key={at}>
                      <AgeText at={at} />: {result}
                    </li>
                  ))}
                </ol>
              </details>
            </li>
          ))}
        </ul>
      )}
      {resend.error ? (
        <p role="alert" className="px-4 py-2 text-sm text-danger-text">
          {resend.error}
        </p>
      ) : null}
    </Panel>
  );
}
