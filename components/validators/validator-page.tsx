"use client";

import { useQuery } from "@tanstack/react-query";
import { failedRead } from "@/components/data/failed-read";
import { PORTAL_NOT_REACHED, type ShownError, shownError, useTRPC } from "@/components/data/trpc-client";
import { useLastFailure } from "@/components/data/use-last-failure";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { BlockGrid } from "@/components/figures/block-grid";
import { useNow } from "@/components/figures/use-now";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailTabs } from "@/components/layout/detail-tabs";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { MissBudget, SigningGrid } from "@/server/domains/chain/schemas";
import type { ProvisioningEventView, SetupWithNode } from "@/server/domains/validators/schemas";
import { ChainPanel } from "./chain-panel";
import { GRID_BLOCKS } from "./grid-blocks";
import { NodeActions } from "./node-actions";
import { NodeLog } from "./node-log";
import { NodePanel } from "./node-panel";
import { StoryList } from "./story-list";
import { useSetupLive } from "./use-setup-live";
import { ValidatorFigures } from "./validator-figures";
import { ValidatorHistoryTab } from "./validator-history-tab";
import { validatorSentence } from "./validator-sentence";

const GRID_REFETCH_MS = 1_500;
const CHAIN_REFETCH_MS = 5_000;

/** Whether the chain is what failed, and not the portal or the reader's session. */
const isChainSilent = ({ kind, code }: ShownError): boolean =>
  ["upstream_unavailable", "upstream_rejected", "timeout"].includes(kind) && code !== PORTAL_NOT_REACHED;

type SentCell = Omit<SigningGrid["cells"][number], "at"> & { at?: string };

/** A grid in the form in which the browser gets it: what is not there is not sent. */
const asSent = ({ cells, ...grid }: SigningGrid) => ({
  ...grid,
  cells: cells.map(({ at, ...cell }): SentCell => (at === undefined ? cell : { ...cell, at })),
});

type ValidatorPageProps = {
  initial: SetupWithNode;
  initialEvents: readonly ProvisioningEventView[];
  /** What was recorded of its blocks and misses; undefined where the server could not read it. */
  initialGrid: SigningGrid | undefined;
  initialBudget: MissBudget | undefined;
  network: { id: string; chainId: string; displayName: string; displayDenom: string; denomExponent: number };
  /** As the chain writes it, bech32; null while there is no key. */
  consensusAddressText: string | null;
};

/** One validator: what is the matter in one sentence, the grid that shows it, four figures, then activity, node, keys and log. */
export function ValidatorPage({
  initial,
  initialEvents,
  initialGrid,
  initialBudget,
  network,
  consensusAddressText,
}: ValidatorPageProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const { state, events } = useSetupLive(initial, initialEvents);
  const { setupRequest: setup, node } = state;
  const chain = useQuery(
    trpc.validators.getOnChain.queryOptions({ setupRequestId: setup.id }, { refetchInterval: CHAIN_REFETCH_MS }),
  );
  const chainFailure = useLastFailure(chain);
  const failure = chainFailure ? failedRead(chainFailure, network.displayName) : null;
  const chainError = chainFailure ? shownError(chainFailure) : null;
  // Known without the chain, so that what was recorded shows also while it is down.
  const consensusAddress = setup.consensusAddress ?? "";
  const grid = useQuery(
    trpc.chain.getSigningGrid.queryOptions(
      { networkId: network.id, consensusAddress, blocks: GRID_BLOCKS },
      {
        enabled: consensusAddress !== "",
        refetchInterval: GRID_REFETCH_MS,
        ...(initialGrid ? { initialData: asSent(initialGrid) } : {}),
      },
    ),
  );
  const budget = useQuery(
    trpc.chain.getMissBudget.queryOptions(
      { networkId: network.id, consensusAddress },
      {
        enabled: consensusAddress !== "",
        refetchInterval: CHAIN_REFETCH_MS,
        ...(initialBudget ? { initialData: initialBudget } : {}),
      },
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
    <DetailPage
      title={setup.validatorName}
      trail={[{ href: hrefOf("/validators"), label: "Validators" }]}
      facts={<AddressText value={setup.operatorAddress} kind="operator address" />}
      actions={<NodeActions setup={setup} node={node} />}
      sentence={{ state: verdict.state, word: verdict.word, children: verdict.sentence }}
      stale={
        failure && chain.data
          ? { ...failure, shownAt: chain.data.readAt, onRetry: () => void chain.refetch() }
          : undefined
      }
    >
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
        {gridError && grid.data ? (
          <p role="status" className="mt-3 text-sm text-attention-text">
            {shownError(gridError).message}
            {grid.data.updatedAt ? (
              <>
                {" "}
                What is shown was recorded <AgeText at={grid.data.updatedAt} />.
              </>
            ) : null}
          </p>
        ) : null}
      </Panel>
      <ValidatorFigures
        validator={chain.data?.validator ?? null}
        chainError={chainError?.message ?? null}
        readAt={chain.data?.readAt ?? null}
        budget={budget.data ?? null}
        budgetError={
          consensusAddress === ""
            ? "The consensus key is not known yet."
            : budget.error
              ? shownError(budget.error).message
              : null
        }
        node={node}
        denom={{ symbol: network.displayDenom, exponent: network.denomExponent }}
      />
      <DetailTabs
        label="Parts of the validator"
        tabs={[
          {
            value: "activity",
            label: "Activity",
            count: events.length,
            content: (
              <Panel flush>
                <StoryList events={events} />
              </Panel>
            ),
          },
          { value: "node", label: "Node", content: <NodePanel setup={setup} node={node} /> },
          {
            value: "chain",
            label: "On the chain",
            content: (
              <ChainPanel
                setup={setup}
                chain={chain.data ?? null}
                consensusAddress={consensusAddressText}
                failure={failure}
                onRetry={() => void chain.refetch()}
              />
            ),
          },
          {
            value: "history",
            label: "History",
            content: (
              <ValidatorHistoryTab
                name={setup.validatorName}
                networkId={network.id}
                operatorAddress={setup.operatorAddress}
                consensusAddress={consensusAddress}
                denom={{ symbol: network.displayDenom, exponent: network.denomExponent }}
              />
            ),
          },
          {
            value: "log",
            label: "Log",
            content: node ? (
              <NodeLog nodeId={node.id} isGone={node.status === "terminated"} />
            ) : (
              <p className="text-sm text-ink-muted">This validator has no node.</p>
            ),
          },
        ]}
      />
    </DetailPage>
  );
}
