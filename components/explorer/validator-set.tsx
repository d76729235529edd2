"use client";

import { useMemo } from "react";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { NameCell } from "@/components/data-table/name-cell";
import { AddressText } from "@/components/figures/address-text";
import { AmountText, type Denom } from "@/components/figures/amount-text";
import { BlockStrip } from "@/components/figures/block-strip";
import { UnknownText } from "@/components/figures/unknown-text";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import { decToPercent } from "@/lib/chain/dec";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import type { SigningStrips } from "@/server/domains/chain/blocks/schemas";
import type { ChainValidator } from "@/server/domains/chain/mirror/schemas";
import { chainStanding, STANDING_CHOICES, stakeShare } from "./chain-standing";
import { SET_STRIP_BLOCKS } from "./set-strip-blocks";

const FILTERS: readonly DataFilter[] = [
  { kind: "words", name: "search", label: "Search", placeholder: "Name or address" },
  { kind: "choice", name: "status", label: "State", options: STANDING_CHOICES },
];

type Row = ChainValidator & { readonly states: SigningStrips["strips"][number]["states"] | null };

type ValidatorSetProps = {
  /** Path of the network's page, below which each validator has its own. */
  href: string;
  rows: readonly Row[];
  nextCursor: string | null;
  denom: Denom;
};

const columnsIn = (denom: Denom): readonly DataColumn<Row>[] => [
  {
    id: "rank",
    header: "Rank",
    align: "right",
    width: "w-16",
    cell: ({ rank }) => (rank === null ? <span className="text-ink-muted">none</span> : groupDigits(rank)),
    text: ({ rank }) => (rank === null ? "" : String(rank)),
  },
  {
    id: "name",
    header: "Validator",
    isName: true,
    isSortable: true,
    cell: ({ moniker, operatorAddress }) => <NameCell name={moniker === "" ? operatorAddress : moniker} />,
    text: ({ moniker }) => moniker,
  },
  {
    id: "state",
    header: "State",
    cell: (row) => <StateBadge {...chainStanding(row)} />,
    text: (row) => chainStanding(row).word,
  },
  {
    id: "signing",
    header: `Last ${SET_STRIP_BLOCKS} blocks`,
    cell: ({ states, moniker }) =>
      states === null ? (
        <UnknownText reason="No block of this network has been recorded yet." />
      ) : (
        <BlockStrip label={`Last blocks of ${moniker}`} states={states} capacity={SET_STRIP_BLOCKS} />
      ),
  },
  {
    id: "stake",
    header: "Stake",
    align: "right",
    isSortable: true,
    cell: ({ tokensBaseUnits }) => <AmountText amountBaseUnits={tokensBaseUnits} denom={denom} />,
    text: ({ tokensBaseUnits }) => tokensBaseUnits,
  },
  {
    id: "share",
    header: "Share",
    align: "right",
    cell: (row) => stakeShare(row) ?? <span className="text-ink-muted">none</span>,
    text: (row) => stakeShare(row) ?? "",
  },
  {
    id: "commission",
    header: "Commission",
    align: "right",
    cell: ({ commissionRate }) => `${decToPercent(commissionRate)}${UNIT_SPACE}%`,
    text: ({ commissionRate }) => commissionRate,
  },
  {
    id: "operator",
    header: "Operator",
    isHiddenAtFirst: true,
    cell: ({ operatorAddress }) => <AddressText value={operatorAddress} kind="operator address" plain />,
    text: ({ operatorAddress }) => operatorAddress,
  },
];

/** Every validator of a network, found and compared; rows come with the page, filters and pages are its address. */
export function ValidatorSet({ href, rows, nextCursor, denom }: ValidatorSetProps) {
  const columns = useMemo(() => columnsIn(denom), [denom]);
  return (
    <DataTable<Row>
      id="validator-set"
      label="Validators of the network"
      columns={columns}
      filters={FILTERS}
      content={{ status: "ready", rows, nextCursor }}
      rowId={({ operatorAddress }) => operatorAddress}
      rowHref={({ operatorAddress }) => `${href}/validators/${operatorAddress}`}
      empty={
        <EmptyState title="No validator has been read yet">
          The watcher reads the whole set with the first blocks. This page fills once it has.
        </EmptyState>
      }
    />
  );
}
