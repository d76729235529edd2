"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { createContext, useContext } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { useListSearch } from "@/components/data-table/use-list-search";
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
import type { SigningStrips } from "@/server/domains/chain/blocks/schemas";
import type { SetupRequestView, SetupWithNode } from "@/server/domains/validators/requests/schemas";
import type { Page } from "@/server/kernel/pagination";
import { RegionName } from "./region-name";
import { SigningStrip } from "./signing-strip";
import { STRIP_BLOCKS } from "./strip-inputs";
import { type SigningStripView, useSigningStrips } from "./use-signing-strips";
import { validatorHref } from "./validator-href";
import { validatorListInput } from "./validator-list-input";

const FILTERS: readonly DataFilter[] = [
  { kind: "words", name: "search", label: "Search", placeholder: "Name, wallet or operator" },
  {
    kind: "choice",
    name: "standing",
    label: "State",
    options: choicesOf(STANDING_JUDGEMENT),
  },
];

/** The last blocks change with each block; whatever else a row holds does not, so that its cell alone asks for them. */
const StripOf = createContext<(setup: SetupRequestView) => SigningStripView>(() => ({ status: "loading" }));

function StripCell({ setup }: { setup: SetupRequestView }) {
  return <SigningStrip name={setup.validatorName} view={useContext(StripOf)(setup)} />;
}

const COLUMNS: readonly DataColumn<SetupWithNode>[] = [
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
    cell: ({ setupRequest }) => <StripCell setup={setupRequest} />,
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

type ValidatorListProps = {
  /** What the server read while it rendered the page; undefined where it could not. */
  initial: Page<SetupWithNode> | undefined;
  initialStrips: readonly (SigningStrips | undefined)[];
};

/** The organisation's validators, live, filtered by the address. */
export function ValidatorList({ initial, initialStrips }: ValidatorListProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const input = validatorListInput(useListSearch());
  const pace = useLiveRead(trpc.validators.listSetupRequests.queryKey(input));
  const list = useQuery(
    trpc.validators.listSetupRequests.queryOptions(input, { ...pace, ...(initial ? { initialData: initial } : {}) }),
  );
  const stripOf = useSigningStrips(list.data?.items ?? [], initialStrips);
  return (
    <StripOf value={stripOf}>
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
        columns={COLUMNS}
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
    </StripOf>
  );
}
