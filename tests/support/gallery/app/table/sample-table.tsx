"use client";

import type { DataColumn, DataTableContent } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { EmptyState } from "@/components/state/empty-state";
import type { State } from "@/components/state/state";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { groupDigits } from "@/lib/format/group-digits";
import { ago, SIGNER } from "../sample";

type Row = { id: string; name: string; state: State; word: string; wallet: string; missed: number; createdAt: string };

const WORDS: [State, string][] = [
  ["ok", "Active"],
  ["moving", "Provisioning"],
  ["danger", "Failed"],
  ["attention", "Waiting to sign"],
  ["off", "Cancelled"],
  ["unknown", "Unknown"],
];
const makeRows = (): Row[] =>
  Array.from({ length: 14 }, (_, index) => {
    const [state, word] = WORDS[index % WORDS.length] ?? ["unknown", "Unknown"];
    return {
      id: `req_${index}`,
      name: index === 3 ? "A validator with the longest name that the chain takes, seventy bytes!" : `Aurora ${index}`,
      state,
      word,
      wallet: SIGNER,
      missed: index * 12_345,
      createdAt: ago(index * index * 377),
    };
  });

const columns: DataColumn<Row>[] = [
  { id: "name", header: "Validator", isName: true, isSortable: true, cell: (row) => row.name, text: (row) => row.name },
  {
    id: "state",
    header: "State",
    cell: (row) => <StateBadge state={row.state} word={row.word} />,
    text: (row) => row.word,
  },
  {
    id: "wallet",
    header: "Wallet",
    cell: (row) => <AddressText value={row.wallet} kind="wallet address" />,
    text: (row) => row.wallet,
  },
  {
    id: "missed",
    header: "Missed",
    align: "right",
    isSortable: true,
    cell: (row) => groupDigits(row.missed),
    text: (row) => String(row.missed),
  },
  {
    id: "createdAt",
    header: "Created",
    align: "right",
    isSortable: true,
    cell: (row) => <AgeText at={row.createdAt} />,
    text: (row) => row.createdAt,
  },
];

export function SampleTable({ as }: { as: string }) {
  const rows = makeRows();
  const contents: Record<string, DataTableContent<Row>> = {
    loading: { status: "loading" },
    error: {
      status: "error",
      upstream: "The database",
      sentence: "It took no connection within 5 s.",
      code: "kernel.unexpected",
    },
    empty: { status: "ready", rows: [], nextCursor: null },
    stale: {
      status: "ready",
      rows,
      nextCursor: null,
      stale: { readAt: ago(95), upstream: "The chain", sentence: "States may have moved on." },
    },
    ready: { status: "ready", rows, nextCursor: "abc" },
  };
  return (
    <DataTable
      id="setup-requests"
      label="Setup requests"
      columns={columns}
      filters={[
        { kind: "words", name: "q", label: "Search", placeholder: "Name or wallet" },
        { kind: "choice", name: "state", label: "State", options: WORDS.map(([value, label]) => ({ value, label })) },
      ]}
      content={contents[as] ?? { status: "loading" }}
      rowId={(row) => row.id}
      rowHref={(row) => `/table/${row.id}`}
      empty={
        <EmptyState title="No set-up request yet" action={<Button kind="primary">Set up a validator</Button>}>
          Each set-up that anybody asks for stands here, with its steps.
        </EmptyState>
      }
      onRetry={() => {}}
    />
  );
}
