"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { AmountText } from "@/components/figures/amount-text";
import { useOrganizationHref, useOrganizationSlug } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import { ACT_KINDS, ACT_STATUSES, ACT_WORDS } from "@/server/domains/staking/constants";
import type { Act } from "@/server/domains/staking/schemas";
import { ACT_JUDGEMENT, actSentence } from "./act-judgement";
import { actExportHref, actInput, brokenHash } from "./act-search";
import { denomOf, type StakingNetwork } from "./staking-network";

const REFETCH_MS = 10_000;

/** What was signed, as a list has room for it: each sentence once, addresses without their middle. The file has them whole. */
const glance = (sentences: readonly string[]): string =>
  [...new Set(sentences)].join(". ").replaceAll(/\b[a-z]+1[a-z0-9]{30,}\b/g, (address) => shortenMiddle(address));

const columnsOf = (networks: readonly StakingNetwork[]): readonly DataColumn<Act>[] => [
  {
    id: "kind",
    header: "What",
    isName: true,
    cell: ({ kind, sentences }) => (
      <span className="grid min-w-0 py-1">
        <span className="font-medium">{ACT_WORDS[kind]}</span>
        <span className="text-xs font-normal text-pretty text-ink-muted wrap-anywhere">{glance(sentences)}</span>
      </span>
    ),
    text: ({ kind, sentences }) => `${ACT_WORDS[kind]}: ${sentences.join(". ")}`,
  },
  {
    id: "status",
    header: "State",
    width: "w-40",
    cell: (act) => (
      <span className="grid gap-0.5">
        <StateBadge {...ACT_JUDGEMENT[act.status]} />
        {act.status === "failed" ? (
          <span className="text-xs text-pretty text-danger-text break-words">{actSentence(act)}</span>
        ) : null}
      </span>
    ),
    text: (act) => `${ACT_JUDGEMENT[act.status].word}. ${actSentence(act)}`,
  },
  {
    id: "amount",
    header: "Amount",
    align: "right",
    width: "w-40",
    cell: ({ amountBaseUnits, networkId, denom }) => {
      const network = networks.find(({ id }) => id === networkId);
      if (amountBaseUnits === null) return <span className="text-ink-faint">none</span>;
      return network ? (
        <AmountText amountBaseUnits={amountBaseUnits} denom={denomOf(network)} />
      ) : (
        `${amountBaseUnits} ${denom}`
      );
    },
    text: ({ amountBaseUnits, denom }) => (amountBaseUnits === null ? "" : `${amountBaseUnits} ${denom}`),
  },
  {
    id: "signer",
    header: "Wallet",
    width: "w-48",
    cell: ({ signerAddress }) => <AddressText value={signerAddress} kind="wallet address" />,
    text: ({ signerAddress }) => signerAddress,
  },
  {
    id: "hash",
    header: "Hash",
    width: "w-48",
    cell: ({ txHash }) =>
      txHash ? (
        <AddressText value={txHash} kind="transaction hash" />
      ) : (
        <span className="text-ink-faint">not signed</span>
      ),
    text: ({ txHash }) => txHash ?? "",
  },
  {
    id: "createdAt",
    header: "When",
    width: "w-32",
    cell: ({ createdAt }) => <AgeText at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
];

const filtersOf = (networks: readonly StakingNetwork[], wallets: readonly string[]): readonly DataFilter[] => [
  { kind: "words", name: "txHash", label: "Hash", placeholder: "Transaction hash" },
  {
    kind: "choice",
    name: "kind",
    label: "What",
    options: ACT_KINDS.map((value) => ({ value, label: ACT_WORDS[value] })),
  },
  {
    kind: "choice",
    name: "status",
    label: "State",
    options: ACT_STATUSES.map((value) => ({ value, label: ACT_JUDGEMENT[value].word })),
  },
  ...(networks.length > 1
    ? [
        {
          kind: "choice" as const,
          name: "networkId",
          label: "Network",
          options: networks.map(({ id, displayName }) => ({ value: id, label: displayName })),
        },
      ]
    : []),
  ...(wallets.length > 1
    ? [
        {
          kind: "choice" as const,
          name: "signerAddress",
          label: "Wallet",
          options: wallets.map((value) => ({ value, label: value })),
        },
      ]
    : []),
  {
    kind: "choice",
    name: "since",
    label: "Since",
    options: [
      { value: "24h", label: "24 hours" },
      { value: "7d", label: "7 days" },
      { value: "30d", label: "30 days" },
    ],
  },
];

type ActListProps = {
  initial: { readonly items: readonly Act[]; readonly nextCursor: string | null } | undefined;
  networks: readonly StakingNetwork[];
  wallets: readonly string[];
};

/** What the organisation's members signed or were about to, newest first, with the whole of it as a file. */
export function ActList({ initial, networks, wallets }: ActListProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const search = useListSearch();
  const nowMs = Date.now();
  const organization = useOrganizationSlug();
  const notAHash = brokenHash(search);
  const columns = useMemo(() => columnsOf(networks), [networks]);
  const read = useQuery(
    trpc.staking.listActs.queryOptions(actInput(search, nowMs), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: { items: [...initial.items], nextCursor: initial.nextCursor } } : {}),
    }),
  );
  return (
    <ListPage
      id="transactions"
      title="Transactions"
      subject="The list of transactions"
      actions={
        <Button asChild>
          <a href={actExportHref(organization, search, nowMs)} download>
            Download all as CSV
          </a>
        </Button>
      }
      lead={
        notAHash ? (
          <p role="status" className="text-sm text-attention-text">
            A transaction's hash has 64 hexadecimal digits; what was typed is none, so all are shown.
          </p>
        ) : undefined
      }
      read={read}
      columns={columns}
      filters={filtersOf(networks, wallets)}
      rowId={({ id }) => id}
      empty={
        <EmptyState
          title="No act on stake or a vote yet"
          action={
            <Button asChild kind="primary">
              <a href={hrefOf("/staking")}>Stake and rewards</a>
            </Button>
          }
        >
          What a member signs on the pages of staking and governance stands here, with what came of it. How a validator
          was made stands in its own activity.
        </EmptyState>
      }
    />
  );
}
