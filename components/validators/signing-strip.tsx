"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { AgeText } from "@/components/figures/age-text";
import { BlockStrip } from "@/components/figures/block-strip";
import { UnknownText } from "@/components/figures/unknown-text";
import { useNow } from "@/components/figures/use-now";
import { Skeleton } from "@/components/ui/skeleton";
import type { SetupRequestView } from "@/server/domains/validators/schemas";

/** How many blocks a row of the list shows. */
export const STRIP_BLOCKS = 40;
const REFETCH_MS = 5_000;
/** What ends longer ago than this says so: then it tells of the past. */
const OLD_AFTER_MS = 30_000;

/** The last blocks of one validator in a list, as the chain's commits say; rows ask together, in one request. */
export function SigningStrip({ setup }: { setup: SetupRequestView }) {
  const trpc = useTRPC();
  const { consensusAddress, networkId, status } = setup;
  const isAsked = status === "active" && consensusAddress !== null;
  const grid = useQuery(
    trpc.chain.grid.queryOptions(
      { networkId, consensusAddress: consensusAddress ?? "", blocks: STRIP_BLOCKS },
      { enabled: isAsked, refetchInterval: REFETCH_MS },
    ),
  );
  const nowMs = useNow();
  if (!isAsked) return <span className="text-ink-muted">not a validator yet</span>;
  if (!grid.data)
    return grid.error ? <UnknownText reason={shownError(grid.error).message} /> : <Skeleton className="h-4 w-40" />;
  const { cells } = grid.data;
  if (cells.length === 0) return <UnknownText reason="No block of this network has been recorded yet." />;
  const newestAt = cells.findLast((cell) => cell.at !== undefined)?.at;
  const isOld = newestAt !== undefined && nowMs - Date.parse(newestAt) > OLD_AFTER_MS;
  return (
    <span className="inline-flex items-center gap-2">
      <BlockStrip label={`Last blocks of ${setup.validatorName}`} blocks={cells} capacity={STRIP_BLOCKS} />
      {isOld ? (
        <span className="text-xs text-ink-muted">
          until <AgeText at={newestAt} />
        </span>
      ) : null}
    </span>
  );
}
