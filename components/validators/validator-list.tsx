"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { readTableQuery } from "@/components/data-table/table-query";
import { AgeText } from "@/components/figures/age-text";
import { UnknownText } from "@/components/figures/unknown-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { choicesOf, STANDING_JUDGEMENT, standingText } from "@/components/state/judgements";
import { StandingBadge } from "@/components/state/standing-badge";
import { Button } from "@/components/ui/button";
import { decToPercent } from "@/lib/chain/dec";
import { groupDigits } from "@/lib/format/group-digits";
import { STANDINGS } from "@/server/domains/validators/constants";
import type { SetupRequestView, SetupWithNode } from "@/server/domains/validators/schemas";
import { RegionName } from "./region-name";
import { SigningStrip } from "./signing-strip";
import { type SigningStripView, STRIP_BLOCKS, useSigningStrips } from "./use-signing-strips";
import { validatorHref } from "./validator-href";

const REFETCH_MS = 5_000;
const FILTERS: readonly DataFilter[] = [
  { kind: "words", name: "search", label: "Search", placeholder: "Name, wallet or operator" },
  {
    kind: "choice",
    name: "standing",
    label: "State",
    options: choicesOf(STANDING_JUDGEMENT),
  },
];

const columnsWith = (stripOf: (setup: SetupRequestView) => SigningStripView): readonly DataColumn<SetupWithNode>[] => [
  {
    id: "name",
    header: "Validator",
    isName: true,
    cell: ({ setupRequest }) => <NameCell name={setupRequest.validatorName} />,
    text: ({ setupRequest }) => setupRequest.validatorName,
  },
  {
    id: "state",
    header: "State",
    cell: ({ setupRequest }) => <StandingBadge standing={setupRequest.standing} />,
    text: ({ setupRequest }) => standingText(setupRequest.standing),
  },
  {
    id: "signing",
    header: `Last ${STRIP_BLOCKS} blocks`,
    cell: ({ setupRequest }) => <SigningStrip name={setupRequest.validatorName} view={stripOf(setupRequest)} />,
  },
  {
    id: "commission",
    header: "Commission",
    align: "right",
    cell: ({ setupRequest }) => `${decToPercent(setupRequest.commissionRate)} %`,
    text: ({ setupRequest }) => setupRequest.commissionRate,
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
    cell: ({ setupRequest }) => setupRequest.runtime ?? "chosen by placement",
    text: ({ setupRequest }) => setupRequest.runtime ?? "",
  },
  {
    id: "height",
    header: "Height",
    align: "right",
    cell: ({ node }) =>
      node?.lastBlockHeight ? (
        <span className="font-mono">{groupDigits(node.lastBlockHeight)}</span>
      ) : (
        <UnknownText reason="The node has not told a height yet." />
      ),
    text: ({ node }) => node?.lastBlockHeight ?? "",
  },
  {
    id: "created",
    header: "Made",
    cell: ({ setupRequest }) => <AgeText at={setupRequest.createdAt} />,
    text: ({ setupRequest }) => setupRequest.createdAt,
  },
];

/** The organisation's validators, live, filtered by the address. */
export function ValidatorList() {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const query = readTableQuery(new URLSearchParams(useSearchParams().toString()), {
    sortable: [],
    filters: ["search", "standing"],
  });
  const standing = STANDINGS.find((known) => known === query.filters.standing);
  const list = useQuery(
    trpc.validators.listSetupRequests.queryOptions(
      {
        limit: 50,
        ...(standing ? { standing } : {}),
        ...(query.filters.search ? { search: query.filters.search } : {}),
        ...(query.cursor ? { cursor: query.cursor } : {}),
      },
      { refetchInterval: REFETCH_MS },
    ),
  );
  const stripOf = useSigningStrips(list.data?.items ?? []);
  return (
    <ListPage<SetupWithNode>
      id="validators"
      title="My validators"
      label="Validators"
      actions={
        // While there is none, the empty list has the one primary button.
        <Button asChild kind={list.data?.items.length === 0 ? "secondary" : "primary"}>
          <Link href={hrefOf("/validators/new")}>New validator</Link>
        </Button>
      }
      subject="The list of validators"
      read={list}
      columns={columnsWith(stripOf)}
      filters={FILTERS}
      rowId={({ setupRequest }) => setupRequest.id}
      rowHref={({ setupRequest }) => hrefOf(validatorHref(setupRequest))}
      empty={
        <EmptyState
          title="No validators yet"
          action={
            <Button asChild kind="primary">
              <Link href={hrefOf("/validators/new")}>Set up a validator</Link>
            </Button>
          }
        >
          A setup takes a few minutes: we make the node, you sign one transaction at the end.
        </EmptyState>
      }
    />
  );
}
