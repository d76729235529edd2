"use client";

import { AgeText } from "@/components/figures/age-text";
import { BlockStrip } from "@/components/figures/block-strip";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { UnknownText } from "@/components/figures/unknown-text";
import { useAsOfNow } from "@/components/figures/use-now";
import { Skeleton } from "@/components/ui/skeleton";
import { STRIP_BLOCKS } from "./strip-inputs";
import type { SigningStripView } from "./use-signing-strips";

/** What ends longer ago than this says so: then it tells of the past. */
const OLD_AFTER_MS = 30_000;

/** The last blocks of one validator in a list, as the chain's commits say. */
export function SigningStrip({ name, view }: { name: string; view: SigningStripView }) {
  const endedAtMs = view.status === "ready" && view.newest.at !== undefined ? Date.parse(view.newest.at) : Number.NaN;
  const isOld = useAsOfNow((nowMs) => nowMs - endedAtMs > OLD_AFTER_MS);
  if (view.status === "none") return <span className="text-ink-muted">no validator yet</span>;
  if (view.status === "loading") return <Skeleton className="h-4 w-40" />;
  if (view.status === "unknown") return <UnknownText reason={view.reason} />;
  const { states, newest } = view;
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
      <EvidenceTip evidence={{ source: "The chain's commits, as recorded here", ...newest }}>
        <BlockStrip label={`Last blocks of ${name}`} states={states} capacity={STRIP_BLOCKS} />
      </EvidenceTip>
      {isOld && newest.at !== undefined ? (
        <span className="text-xs text-ink-muted">
          until <AgeText at={newest.at} />
        </span>
      ) : null}
    </span>
  );
}
