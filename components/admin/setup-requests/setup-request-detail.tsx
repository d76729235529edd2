"use client";

import { useQuery } from "@tanstack/react-query";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { PageHeader } from "@/components/layout/page-header";
import { SETUP_JUDGEMENT } from "@/components/state/judgements";
import { StateSentence } from "@/components/state/state-sentence";
import { StepTimeline } from "@/components/state/step-timeline";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { setupSteps } from "@/components/validators/setup/setup-steps";
import type { ProvisioningEventView, SetupWithNode } from "@/server/domains/validators/schemas";
import { DetailLoading } from "../detail-loading";
import { NodeLog } from "../nodes/node-log";
import { SetupRequestActs } from "./setup-request-acts";
import { SetupRequestFacts } from "./setup-request-facts";
import { SetupRequestStory } from "./setup-request-story";

type SetupRequestDetailProps = {
  setupRequestId: string;
  initial: SetupWithNode | undefined;
  initialEvents: ProvisioningEventView[] | undefined;
};

const REFETCH_MS = 3_000;
const TRAIL = [{ href: "/admin/setup-requests", label: "Setup requests" }];

/** One request as an operator sees it: its sentence, steps, node, story and log, with the acts on it. */
export function SetupRequestDetail({ setupRequestId, initial, initialEvents }: SetupRequestDetailProps) {
  const trpc = useTRPC();
  const setup = useQuery(
    trpc.validators.admin.getSetup.queryOptions(
      { setupRequestId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const events = useQuery(
    trpc.validators.admin.events.queryOptions(
      { setupRequestId, limit: 500 },
      { refetchInterval: REFETCH_MS, ...(initialEvents ? { initialData: initialEvents } : {}) },
    ),
  );
  const thrown = setup.error ?? events.error;
  const failure = thrown ? failedRead(thrown, "This setup request") : undefined;
  if (!setup.data || !events.data) {
    if (!failure) return <DetailLoading />;
    return (
      <>
        <PageHeader
          title="Setup request"
          trail={TRAIL}
          facts={<AddressText value={setupRequestId} kind="id" whole />}
        />
        <Panel flush>
          <UpstreamDown fills {...failure} onRetry={() => void Promise.all([setup.refetch(), events.refetch()])} />
        </Panel>
      </>
    );
  }
  const { setupRequest, node } = setup.data;
  const judgement = SETUP_JUDGEMENT[setupRequest.status];
  return (
    <>
      <PageHeader
        title={setupRequest.validatorName}
        trail={TRAIL}
        facts={
          <>
            <span className="inline-flex items-center gap-1">
              Wallet <AddressText value={setupRequest.walletAddress} kind="wallet address" />
            </span>
            <span className="inline-flex items-center gap-1">
              Id <AddressText value={setupRequest.id} kind="setup request id" />
            </span>
          </>
        }
        actions={<SetupRequestActs setup={setupRequest} />}
      />
      <div className="grid gap-4">
        <StateSentence {...judgement} live>
          {setupRequest.errorMessage ?? setupRequest.statusMessage}
          {setupRequest.errorCode ? (
            <span className="ml-2 font-mono text-xs text-ink-faint">{setupRequest.errorCode}</span>
          ) : null}
        </StateSentence>
        {failure ? (
          <UpstreamDown
            {...failure}
            shownAt={new Date(setup.dataUpdatedAt).toISOString()}
            onRetry={() => void setup.refetch()}
          />
        ) : null}
        <div className="grid items-start gap-4 xl:grid-cols-[3fr_2fr]">
          <Panel title="Steps of this attempt" aside={`Attempt ${setupRequest.generation}`}>
            <StepTimeline label="Steps of provisioning" steps={setupSteps(setupRequest, events.data)} />
          </Panel>
          <SetupRequestFacts setup={setupRequest} node={node} />
        </div>
        <SetupRequestStory events={events.data} />
        {node ? <NodeLog nodeId={node.id} isGone={node.status === "terminated"} /> : null}
      </div>
    </>
  );
}
