"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { StateBadge } from "@/components/state/state-badge";
import { ACT_WORDS } from "@/server/domains/staking/constants";
import { ACT_JUDGEMENT, actSentence } from "./act-judgement";

const LOOK_EVERY_MS = 2_000;

/** What came of a signed act, looked for until the chain has answered; all figures are read again then. */
export function ActProgress({ actId, leftOut }: { actId: string; leftOut: number }) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const queryClient = useQueryClient();
  const read = useQuery(
    trpc.staking.getAct.queryOptions(
      { actId },
      { refetchInterval: ({ state }) => (state.data && state.data.status !== "submitted" ? false : LOOK_EVERY_MS) },
    ),
  );
  const status = read.data?.status;
  useEffect(() => {
    if (status === "done" || status === "failed") void queryClient.invalidateQueries();
  }, [status, queryClient]);
  const act = read.data;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border bg-panel px-4 py-2.5 text-sm"
    >
      {act ? (
        <>
          <StateBadge {...ACT_JUDGEMENT[act.status]} />
          <span className="min-w-0 flex-1 text-pretty break-words">
            {ACT_WORDS[act.kind]}: {actSentence(act)}
            {act.status === "done" && leftOut > 0
              ? ` ${leftOut} more did not fit into one transaction; claim again for them.`
              : ""}
          </span>
          {act.txHash ? <AddressText value={act.txHash} kind="transaction hash" /> : null}
        </>
      ) : (
        <span className="flex-1 text-ink-muted">
          {read.error ? shownError(read.error).message : "The signed transaction is being looked up."}
        </span>
      )}
      <Link href={hrefOf("/transactions")} className="text-accent underline">
        All transactions
      </Link>
    </div>
  );
}
