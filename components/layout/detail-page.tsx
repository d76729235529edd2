"use client";

import type { ReactNode } from "react";
import type { FailedRead } from "@/components/data/failed-read";
import { StateSentence, type StateSentenceProps } from "@/components/state/state-sentence";
import { UpstreamDown } from "@/components/state/upstream-down";
import { PageHeader, type PageHeaderProps } from "./page-header";

/** Why what is shown is old, and since when. */
export type Stale = FailedRead & { readonly shownAt: string; readonly onRetry: () => void };

type DetailPageProps = PageHeaderProps & {
  /** How the thing stands, in one sentence at the top. */
  sentence?: Omit<StateSentenceProps, "live">;
  /** Set when the thing could not be read again. */
  stale?: Stale | undefined;
  children: ReactNode;
};

/** The page of one thing: its head, how it stands, how old that is, and below it the parts that prove it. */
export function DetailPage({ title, trail, facts, actions, sentence, stale, children }: DetailPageProps) {
  return (
    <div className="max-w-320">
      <PageHeader title={title} trail={trail} facts={facts} actions={actions} />
      <div className="grid gap-4">
        {sentence ? <StateSentence {...sentence} live /> : null}
        {stale ? <UpstreamDown {...stale} /> : null}
        {children}
      </div>
    </div>
  );
}

/** Two parts of a detail page beside each other where there is room: the picture, and what it is of. */
export function DetailColumns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid min-w-0 gap-4">{children}</div>
      <div className="grid min-w-0 gap-4">{side}</div>
    </div>
  );
}
