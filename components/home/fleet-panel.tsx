"use client";

import Link from "next/link";
import type { FailedRead } from "@/components/data/failed-read";
import { NameText } from "@/components/figures/name-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { EmptyState } from "@/components/state/empty-state";
import { StandingBadge } from "@/components/state/standing-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { SigningStrip } from "@/components/validators/signing-strip";
import type { SigningStripView } from "@/components/validators/use-signing-strips";
import { validatorHref } from "@/components/validators/validator-href";
import type { SetupRequestView, SetupWithNode } from "@/server/domains/validators/requests/schemas";

type FleetPanelProps = {
  rows: readonly SetupWithNode[] | undefined;
  hasMore: boolean;
  failure: FailedRead | null;
  stripOf: (setup: SetupRequestView) => SigningStripView;
  onRetry: () => void;
  /** Whether the tour already offers the first act, so that the empty panel does not offer it again. */
  isActElsewhere: boolean;
};

/** The organisation's validators at a glance: how each stands, and its last blocks. */
export function FleetPanel({ rows, hasMore, failure, stripOf, onRetry, isActElsewhere }: FleetPanelProps) {
  const hrefOf = useOrganizationHref();
  return (
    <Panel
      title="Validators"
      flush
      aside={
        rows && rows.length > 0 ? (
          <Link href={hrefOf("/validators")} className="hover:text-ink hover:underline">
            {hasMore ? "All validators" : "Open the list"}
          </Link>
        ) : undefined
      }
    >
      {failure ? (
        <div className="p-4">
          <UpstreamDown {...failure} onRetry={onRetry} fills={rows === undefined} />
        </div>
      ) : null}
      {rows === undefined && !failure ? (
        <div className="grid gap-3 p-4">
          <Skeleton className="h-6" />
          <Skeleton className="h-6" />
        </div>
      ) : null}
      {rows?.length === 0 ? (
        <EmptyState
          title="No validators yet"
          {...(isActElsewhere
            ? {}
            : {
                action: (
                  <Button asChild kind="primary">
                    <Link href={hrefOf("/validators/new")}>Set up a validator</Link>
                  </Button>
                ),
              })}
        >
          A setup takes a few minutes: we make the node, you sign one transaction at the end.
        </EmptyState>
      ) : null}
      {rows && rows.length > 0 ? (
        <ul className="divide-y">
          {rows.map(({ setupRequest }) => (
            <li
              key={setupRequest.id}
              className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm"
            >
              <Link
                href={hrefOf(validatorHref(setupRequest))}
                className="min-w-0 flex-1 basis-40 truncate font-medium hover:text-accent hover:underline"
              >
                <NameText name={setupRequest.validatorName} />
              </Link>
              <StandingBadge standing={setupRequest.standing} />
              <SigningStrip name={setupRequest.validatorName} view={stripOf(setupRequest)} />
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
