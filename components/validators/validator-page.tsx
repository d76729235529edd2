"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { failedRead } from "@/components/data/failed-read";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { useLastFailure } from "@/components/data/use-last-failure";
import { useLiveReads } from "@/components/data/use-live";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { BlockGrid } from "@/components/figures/block-grid";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailTabs } from "@/components/layout/detail-tabs";
import { standingJudgement } from "@/components/state/judgements";
import { StandingSentence } from "@/components/state/standing-sentence-text";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { SigningGrid } from "@/server/domains/chain/blocks/schemas";
import type { MissBudget } from "@/server/domains/chain/mirror/schemas";
import type { OnChain, SetupWithNode } from "@/server/domains/validators/requests/schemas";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { GRID_BLOCKS } from "./grid-blocks";
import { JailCountdown } from "./jail-countdown";
import { MachineWarnings } from "./machine/machine-warnings";
import { NodeActions } from "./node-actions";
import { StoryList } from "./story-list";
import { useSetupLive } from "./use-setup-live";
import { ValidatorFigures } from "./validator-figures";

// What another tab shows comes when it is opened: the codecs of signing, charts, the log. The page is open all day, mostly at its first tab.
const loading = () => <Skeleton className="h-60" />;
const ValidatorStake = dynamic(async () => (await import("@/components/staking/validator-stake")).ValidatorStake, {
  loading,
});
const SubjectAlerts = dynamic(async () => (await import("@/components/monitoring/subject-alerts")).SubjectAlerts, {
  loading,
});
const FirstBlockMoment = dynamic(
  async () => (await import("@/components/public-validator/first-block-moment")).FirstBlockMoment,
);
const PublicPagePanel = dynamic(
  async () => (await import("@/components/public-validator/public-page-panel")).PublicPagePanel,
  { loading },
);
const ChainPanel = dynamic(async () => (await import("./chain-panel")).ChainPanel, { loading });
const MachinePanel = dynamic(async () => (await import("./machine/machine-panel")).MachinePanel, { loading });
const NodePanel = dynamic(async () => (await import("./node-panel")).NodePanel, { loading });
const NodeLog = dynamic(async () => (await import("./node-log")).NodeLog, { loading });
const ValidatorHistoryTab = dynamic(async () => (await import("./history/validator-history-tab")).ValidatorHistoryTab, {
  loading,
});

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
  /** What the chain itself said; undefined where it did not in time. */
  initialOnChain: OnChain | undefined;
  network: { id: string; chainId: string; displayName: string; displayDenom: string; denomExponent: number };
  /** As the chain writes it, bech32; null while there is no key. */
  consensusAddressText: string | null;
  /** Whether the reader's role lets them prepare transactions. */
  maySign: boolean;
  /** Whether it lets them publish the validator's page. */
  mayPublish: boolean;
};

/** One validator: what is the matter in one sentence, the grid that shows it, four figures, then activity, node, keys and log. */
export function ValidatorPage({
  initial,
  initialEvents,
  initialGrid,
  initialBudget,
  initialOnChain,
  network,
  consensusAddressText,
  maySign,
  mayPublish,
}: ValidatorPageProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const { state, events } = useSetupLive(initial, initialEvents);
  const { setupRequest: setup, node, machine } = state;
  const ofChain = { setupRequestId: setup.id };
  const [chainPace] = useLiveReads([trpc.validators.getOnChain.queryKey(ofChain)]);
  const chain = useQuery(
    trpc.validators.getOnChain.queryOptions(ofChain, {
      ...chainPace,
      ...(initialOnChain ? { initialData: initialOnChain } : {}),
    }),
  );
  const chainFailure = useLastFailure(chain);
  const failure = chainFailure ? failedRead(chainFailure, network.displayName) : null;
  const chainError = chainFailure ? shownError(chainFailure) : null;
  // Known without the chain, so that what was recorded shows also while it is down.
  const consensusAddress = setup.consensusAddress ?? "";
  const ofGrid = { networkId: network.id, consensusAddress, blocks: GRID_BLOCKS };
  const ofBudget = { networkId: network.id, consensusAddress };
  const [gridPace, budgetPace] = useLiveReads(
    consensusAddress === ""
      ? []
      : [trpc.chain.getSigningGrid.queryKey(ofGrid), trpc.chain.getMissBudget.queryKey(ofBudget)],
  );
  const grid = useQuery(
    trpc.chain.getSigningGrid.queryOptions(ofGrid, {
      ...gridPace,
      enabled: consensusAddress !== "",
      ...(initialGrid ? { initialData: asSent(initialGrid) } : {}),
    }),
  );
  const budget = useQuery(
    trpc.chain.getMissBudget.queryOptions(ofBudget, {
      ...budgetPace,
      enabled: consensusAddress !== "",
      ...(initialBudget ? { initialData: initialBudget } : {}),
    }),
  );
  const denom = { symbol: network.displayDenom, exponent: network.denomExponent };
  const isGone = setup.standing.state === "gone";
  const gridError = grid.error;
  return (
    <DetailPage
      title={setup.validatorName}
      trail={[{ href: hrefOf("/validators"), label: "Validators" }]}
      facts={<AddressText value={setup.operatorAddress} kind="operator address" />}
      actions={<NodeActions setup={setup} node={node} budget={budget.data ?? null} denom={denom} />}
      sentence={{
        ...standingJudgement(setup.standing),
        children: (
          <>
            <StandingSentence standing={setup.standing} />
            <JailCountdown standing={setup.standing} budget={budget.data ?? null} />
          </>
        ),
        action: isGone ? (
          <Button asChild kind="primary">
            <Link href={hrefOf("/validators/new")}>Set up a new one</Link>
          </Button>
        ) : setup.standing.state === "jailed" && maySign ? (
          <Button asChild>
            <Link href="?tab=stake" scroll={false}>
              Go to unjail
            </Link>
          </Button>
        ) : undefined,
      }}
      stale={
        failure && chain.data
          ? { ...failure, shownAt: chain.data.readAt, onRetry: () => void chain.refetch() }
          : undefined
      }
    >
      <FirstBlockMoment
        setup={setup}
        explorerPath={`/networks/${network.chainId}/validators/${setup.operatorAddress}`}
      />
      {machine ? <MachineWarnings machine={machine} /> : null}
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
        // The operator may be there again with another key: what it has is not this validator's.
        validator={isGone ? null : (chain.data?.validator ?? null)}
        isGone={isGone}
        chainError={chainError?.message ?? null}
        readAt={chain.data?.readAt ?? null}
        budget={isGone ? null : (budget.data ?? null)}
        budgetError={
          consensusAddress === ""
            ? "The consensus key is not known yet."
            : budget.error
              ? shownError(budget.error).message
              : null
        }
        node={node}
        denom={denom}
        setup={setup}
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
          {
            value: "stake",
            label: "Stake & rewards",
            content: (
              <ValidatorStake networkId={setup.networkId} walletAddress={setup.walletAddress} maySign={maySign} />
            ),
          },
          {
            value: "node",
            label: "Node",
            content:
              setup.runMode === "local" ? <MachinePanel machine={machine} /> : <NodePanel setup={setup} node={node} />,
          },
          { value: "alerts", label: "Alerts", content: <SubjectAlerts subject={setup.id} /> },
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
                setupRequestId={setup.id}
                name={setup.validatorName}
                networkId={network.id}
                operatorAddress={setup.operatorAddress}
                consensusAddress={consensusAddress}
                denom={{ symbol: network.displayDenom, exponent: network.denomExponent }}
              />
            ),
          },
          {
            value: "public",
            label: "Public page",
            content: <PublicPagePanel setup={setup} mayPublish={mayPublish} />,
          },
          {
            value: "log",
            label: "Log",
            content: node ? (
              <NodeLog nodeId={node.id} isGone={node.status === "terminated"} />
            ) : (
              <p className="text-sm text-ink-muted">
                {setup.runMode === "local"
                  ? "The node runs on your own machine, and its log stays there."
                  : "This validator has no node."}
              </p>
            ),
          },
        ]}
      />
    </DetailPage>
  );
}
