"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { useListSearch } from "@/components/data-table/use-list-search";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { choicesOf, STANDING_JUDGEMENT, standingText } from "@/components/state/judgements";
import { StandingBadge } from "@/components/state/standing-badge";
import { RegionName } from "@/components/validators/region-name";
import { stepTitle } from "@/components/validators/step-title";
import type { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import { setupListInput } from "../list-inputs";

type Page = { readonly items: readonly SetupWithNode[]; readonly nextCursor: string | null };

const COLUMNS: readonly DataColumn<SetupWithNode>[] = [
  {
    id: "name",
    header: "Validator",
    isSortable: true,
    isName: true,
    cell: ({ setupRequest }) => <NameCell name={setupRequest.validatorName} />,
    text: ({ setupRequest }) => setupRequest.validatorName,
  },
  {
    id: "standing",
    header: "State",
    cell: ({ setupRequest }) => <StandingBadge standing={setupRequest.standing} />,
    text: ({ setupRequest }) => standingText(setupRequest.standing),
  },
  {
    id: "step",
    header: "Step",
    cell: ({ setupRequest }) => (
      <span className="whitespace-nowrap">
        {setupRequest.currentStep === null ? "none yet" : stepTitle(setupRequest.currentStep)}
        <span className="ml-2 text-ink-muted">{setupRequest.progressPercent} %</span>
      </span>
    ),
    text: ({ setupRequest }) => setupRequest.currentStep ?? "",
  },
  {
    id: "wallet",
    header: "Wallet",
    cell: ({ setupRequest }) => <AddressText value={setupRequest.walletAddress} kind="wallet address" plain />,
    text: ({ setupRequest }) => setupRequest.walletAddress,
  },
  {
    id: "region",
    header: "Region",
    cell: ({ setupRequest }) => <RegionName code={setupRequest.regionCode} />,
    text: ({ setupRequest }) => setupRequest.regionCode,
  },
  {
    id: "runtime",
    header: "Runtime",
    cell: ({ setupRequest }) => setupRequest.runtime ?? <span className="text-ink-muted">not placed</span>,
    text: ({ setupRequest }) => setupRequest.runtime ?? "",
  },
  {
    id: "error",
    header: "Error",
    isHiddenAtFirst: true,
    cell: ({ setupRequest }) => (
      <span className="block max-w-80 truncate" title={setupRequest.errorMessage ?? ""}>
        {setupRequest.errorMessage ?? <span className="text-ink-muted">none</span>}
      </span>
    ),
    text: ({ setupRequest }) => setupRequest.errorMessage ?? "",
  },
  {
    id: "retries",
    header: "Retries",
    align: "right",
    cell: ({ setupRequest }) => setupRequest.retryCount,
    text: ({ setupRequest }) => String(setupRequest.retryCount),
  },
  {
    id: "updatedAt",
    header: "Changed",
    isSortable: true,
    align: "right",
    cell: ({ setupRequest }) => <AgeText at={setupRequest.updatedAt} />,
    text: ({ setupRequest }) => setupRequest.updatedAt,
  },
  {
    id: "createdAt",
    header: "Created",
    isSortable: true,
    align: "right",
    cell: ({ setupRequest }) => <AgeText at={setupRequest.createdAt} />,
    text: ({ setupRequest }) => setupRequest.createdAt,
  },
];

const FILTERS: readonly DataFilter[] = [
  { kind: "words", name: "search", label: "Search", placeholder: "Name, wallet, operator or id" },
  { kind: "choice", name: "standing", label: "State", options: choicesOf(STANDING_JUDGEMENT) },
];

/** Setup requests of every organisation, live. */
export function SetupRequestList({ initial }: { initial: Page | undefined }) {
  const trpc = useTRPC();
  const input = setupListInput(useListSearch());
  const pace = useLiveRead(trpc.validators.admin.listSetupRequests.queryKey(input));
  const read = useQuery(
    trpc.validators.admin.listSetupRequests.queryOptions(input, {
      ...pace,
      ...(initial ? { initialData: initial } : {}),
    }),
  );
  return (
    <ListPage
      id="admin-setup-requests"
      title="Setup requests"
      facts="Of every organisation, newest first unless you sort them."
      subject="The list of setup requests"
      read={read}
      columns={COLUMNS}
      filters={FILTERS}
      rowId={({ setupRequest }) => setupRequest.id}
      rowHref={({ setupRequest }) => `/admin/setup-requests/${setupRequest.id}`}
      empty={
        <EmptyState title="No setup request yet">
          Each validator that somebody asks for in the wizard or over the API stands here, with its steps and its node.
        </EmptyState>
      }
    />
  );
}
