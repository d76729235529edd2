"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { useAsOfNow } from "@/components/figures/use-now";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { Button } from "@/components/ui/button";
import type { ApiToken } from "@/server/domains/identity/schemas";
import { CreateToken, type OfferedScope } from "./create-token";
import { ShownOnce } from "./shown-once";
import { tokenColumns, tokenJudgement } from "./token-columns";

type TokenListProps = {
  initial: { readonly items: readonly ApiToken[]; readonly nextCursor: string | null } | undefined;
  /** Scopes that this person may give to a token; none where they may not make one. */
  offered: readonly OfferedScope[];
};

/** Milliseconds; infinite where it has none. */
const endOf = ({ expiresAt }: ApiToken) => (expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt));

/** The organisation's API tokens: made, shown once, revoked. */
export function TokenList({ initial, offered }: TokenListProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cursor = useSearchParams().get("cursor") ?? undefined;
  const read = useQuery(
    trpc.identity.listApiTokens.queryOptions(
      { limit: 50, ...(cursor ? { cursor } : {}) },
      initial ? { initialData: initial } : {},
    ),
  );
  // The last end that has passed: as good as the time of day for telling what is over, and the list is drawn anew only when one more is.
  const asOfMs = useAsOfNow((nowMs) =>
    Math.max(0, ...(read.data?.items ?? []).map((token) => endOf(token)).filter((endMs) => endMs <= nowMs)),
  );
  const [isCreating, setCreating] = useState(false);
  const [shown, setShown] = useState<string>();
  const [revoking, setRevoking] = useState<ApiToken>();
  const revoke = useAct(
    (token: ApiToken) => client.identity.revokeApiToken.mutate({ apiTokenId: token.id }),
    () => setRevoking(undefined),
  );
  const canCreate = offered.length > 0;
  const columns = useMemo(
    () =>
      tokenColumns(asOfMs, (token) =>
        canCreate && tokenJudgement(token, asOfMs).word === "Live" ? (
          <Button size="small" kind="dangerQuiet" onClick={() => setRevoking(token)}>
            Revoke<span className="sr-only"> {token.name}</span>
          </Button>
        ) : (
          <span className="text-ink-muted">none</span>
        ),
      ),
    [asOfMs, canCreate],
  );
  const create = (
    <Button kind="primary" onClick={() => setCreating(true)}>
      <Plus />
      New token
    </Button>
  );
  const isEmpty = read.data?.items.length === 0 && cursor === undefined;
  return (
    <ListPage
      id="api-tokens"
      title="API tokens"
      facts={
        <span>
          For programs that use the{" "}
          <Link href="/docs/api" className="underline underline-offset-4 hover:text-ink">
            REST API
          </Link>{" "}
          in the name of this organisation.
        </span>
      }
      actions={canCreate && !isEmpty ? create : undefined}
      subject="The list of tokens"
      read={read}
      columns={columns}
      rowId={(token) => token.id}
      empty={
        <EmptyState title="No token yet" action={canCreate ? create : undefined}>
          A token lets a script or a pipeline do what you choose for it, until you revoke it.
          {canCreate ? "" : " An owner or admin of the organisation can make one."}
        </EmptyState>
      }
    >
      <CreateToken open={isCreating} onOpenChange={setCreating} offered={offered} onCreated={setShown} />
      <ShownOnce token={shown} onClose={() => setShown(undefined)} />
      <DangerSheet
        open={revoking !== undefined}
        onOpenChange={() => {
          revoke.forget();
          setRevoking(undefined);
        }}
        act={`Revoke token ${revoking?.name ?? ""}`}
        effects={["The token ends at once; the next request with it is refused.", "Its row stays, marked as revoked."]}
        duration="At once."
        cost="Whatever uses it stops working."
        wayBack="None. Make a new token and put it in its place."
        isBusy={revoke.isBusy}
        error={revoke.error}
        onConfirm={() => {
          if (revoking) void revoke.run(revoking);
        }}
      />
    </ListPage>
  );
}
