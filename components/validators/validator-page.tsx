"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { failedRead } from "@/components/data/failed-read";
import { PORTAL_NOT_REACHED, type ShownError, shownError, useTRPC } from "@/components/data/trpc-client";
import { useLastFailure } from "@/components/data/use-last-failure";
import { AddressText } from "@/components/figures/address-text";
import { BlockGrid } from "@/components/figures/block-grid";
import { useNow } from "@/components/figures/use-now";
import { useOrganizationHref } from "@/components/layout/console-place";
import { PageHeader } from "@/components/layout/page-header";
import { StateSentence } from "@/components/state/state-sentence";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { UrlTabs } from "@/components/ui/url-tabs";
import type { ProvisioningEventView, SetupWithNode } from "@/server/domains/validators/schemas";
import { ActivityList } from "./activity-list";
import { ChainPanel } from "./chain-panel";
import { NodeActions } from "./node-actions";
import { NodeLog } from "./node-log";
import { NodePanel } from "./node-panel";
import { useSetupLive } from "./use-setup-live";
import { ValidatorFigures } from "./validator-figures";
import { validatorSentence } from "./validator-sentence";

const GRID_BLOCKS = 200;
const GRID_REFETCH_MS = 1_500;
const CHAIN_REFETCH_MS = 5_000;
const TABS = ["activity", "node", "chain", "log"] as const;

/** Whether the chain is what failed, and not the portal or the reader's session. */
const isChainSilent = ({ kind, code }: ShownError): boolean =>
  ["upstream_unavailable", "upstream_rejected", "timeout"].includes(kind) && code !== PORTAL_NOT_REACHED;

type ValidatorPageProps = {
  initial: SetupWithNode;
  initialEvents: readonly ProvisioningEventView[];
  network: { id: string; chainId: string; displayName: string; displayDenom: string; denomExponent: number };
  /** As the chain writes it, bech32; null while there is no key. */
  consensusAddressText: string | null;
};

/** One validator: what is the matter in one sentence, the grid that shows it, four figures, then activity, node, keys and log. */
export function ValidatorPage({ initial, initialEvents, network, consensusAddressText }: ValidatorPageProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const askedTab = useSearchParams().get("tab");
  const tab = TABS.find((known) => known === askedTab) ?? TABS[0];
  const { state, events } = useSetupLive(initial, initialEvents);
  const { setupRequest: setup, node } = state;
  const chain = useQuery(
    trpc.validators.onChain.queryOptions({ setupRequestId: setup.id }, { refetchInterval: CHAIN_REFETCH_MS }),
  );
  const chainFailure = useLastFailure(chain);
  const chainError = chainFailure ? shownError(chainFailure) : null;
  // Known without the chain, so that what was recorded shows also while it is down.
  const consensusAddress = setup.consensusAddress ?? "";
  const grid = useQuery(
    trpc.chain.grid.queryOptions(
      { networkId: network.id, consensusAddress, blocks: GRID_BLOCKS },
      { enabled: consensusAddress !== "", refetchInterval: GRID_REFETCH_MS },
    ),
  );
  const budget = useQuery(
    trpc.chain.missBudget.queryOptions(
      { networkId: network.id, consensusAddress },
      { enabled: consensusAddress !== "", refetchInterval: CHAIN_REFETCH_MS },
    ),
  );
  const nowMs = useNow();
  const newestAt = grid.data?.cells.findLast((cell) => cell.at !== undefined)?.at;
  const verdict = validatorSentence({
    node,
    isJailed: chain.data?.validator?.isJailed ?? null,
    chainStatus: chain.data?.validator?.status ?? null,
    isChainUnknown: chainError !== null && isChainSilent(chainError) && chain.data === undefined,
    missedInGrid: grid.data?.counts.missed ?? null,
    gridBlocks: grid.data ? grid.data.counts.signed + grid.data.counts.missed : 0,
    missesLeft: budget.data?.left ?? null,
    silentForMs: newestAt === undefined ? null : nowMs - Date.parse(newestAt),
  });
  const gridError = grid.error;
  return (
    <div className="grid gap-6">
      <PageHeader
        title={setup.validatorName}
        trail={[{ href: hrefOf("/validators"), label: "Validators" }]}
        facts={<AddressText value={setup.operatorAddress} kind="operator address" />}
        actions={<NodeActions setup={setup} node={node} />}
      />
      <StateSentence state={verdict.state} word={verdict.word} live>
        {verdict.sentence}
      </StateSentence>
      <Panel title={`Last ${GRID_BLOCKS} blocks`}>
        {grid.data ? (
          <div data-testid="block-grid">
            <BlockGrid label={`Signatures of ${setup.validatorName}`} blocks={grid.data.cells} capacity={GRID_BLOCKS} />
          </div>
        ) : gridError ? (
          <UpstreamDown
            upstream={network.displayName}
            sentence={shownError(gridError).message}
            code={shownError(gridError).code}
            onRetry={() => {
              void chain.refetch();
              void grid.refetch();
            }}
          />
        ) : (
          <Skeleton className="h-40" />
        )}
        {grid.error && grid.data ? (
          <p role="status" className="mt-3 text-sm text-attention-text">
            {shownError(grid.error).message} What is shown was recorded at {grid.data.updatedAt}.
          </p>
        ) : null}
      </Panel>
      <ValidatorFigures
        validator={chain.data?.validator ?? null}
        chainError={chainError?.message ?? null}
        readAt={chain.data?.readAt ?? null}
        budget={budget.data ?? null}
        budgetError={budget.error ? shownError(budget.error).message : null}
        node={node}
        denom={{ symbol: network.displayDenom, exponent: network.denomExponent }}
      />
      <UrlTabs
        label="Parts of the validator"
        tabs={[
          { value: "activity", label: "Activity", count: events.length },
          { value: "node", label: "Node" },
          { value: "chain", label: "On the chain" },
          { value: "log", label: "Log" },
        ]}
      />
      {tab === "node" ? <NodePanel setup={setup} node={node} /> : null}
      {tab === "chain" ? (
        <ChainPanel
          setup={setup}
          chain={chain.data ?? null}
          consensusAddress={consensusAddressText}
          failure={chainFailure ? failedRead(chainFailure, network.displayName) : null}
          onRetry={() => void chain.refetch()}
        />
      ) : null}
      {tab === "log" && node ? <NodeLog nodeId={node.id} isGone={node.status === "terminated"} /> : null}
      {tab === "log" && !node ? <p className="text-sm text-ink-muted">This validator has no node.</p> : null}
      {tab === "activity" ? <ActivityList events={events} /> : null}
    </div>
  );
}
