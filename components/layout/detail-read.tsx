"use client";

import type { ReactNode } from "react";
import { failedRead } from "@/components/data/failed-read";
import { AddressText } from "@/components/figures/address-text";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { DetailLoading } from "./detail-loading";
import type { Stale } from "./detail-page";
import { PageHeader, type PageHeaderProps } from "./page-header";

type DetailReadProps<Data> = Required<Pick<PageHeaderProps, "trail">> & {
  /** What the thing is, as title while there is no name: "Node". */
  kind: string;
  id: string;
  /** Begins "… does not answer". */
  subject: string;
  read: {
    readonly data: Data | undefined;
    readonly error: unknown;
    readonly dataUpdatedAt: number;
    readonly refetch: () => unknown;
  };
  /** A `DetailPage` of what was read; `stale` is to be handed on to it. */
  children: (data: Data, stale: Stale | undefined) => ReactNode;
};

/** One thing being read: its skeleton, why it could not be read, or its page. */
export function DetailRead<Data>({ kind, id, trail, subject, read, children }: DetailReadProps<Data>) {
  const onRetry = () => void read.refetch();
  const failure = read.error ? failedRead(read.error, subject) : undefined;
  if (read.data !== undefined) {
    const shownAt = () => new Date(read.dataUpdatedAt).toISOString();
    return children(read.data, failure ? { ...failure, shownAt: shownAt(), onRetry } : undefined);
  }
  if (!failure) return <DetailLoading />;
  return (
    <>
      <PageHeader
        title={kind}
        trail={trail}
        facts={<AddressText value={id} kind={`${kind.toLowerCase()} id`} whole />}
      />
      <Panel flush>
        <UpstreamDown fills {...failure} onRetry={onRetry} />
      </Panel>
    </>
  );
}
