"use client";

import { useQuery } from "@tanstack/react-query";
import { bothReads } from "@/components/data/both-reads";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveReads } from "@/components/data/use-live";
import { AddressText } from "@/components/figures/address-text";
import { DetailColumns, DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { standingJudgement } from "@/components/state/judgements";
import { StandingSentence } from "@/components/state/standing-sentence-text";
import { StepTimeline } from "@/components/state/step-timeline";
import { Panel } from "@/components/ui/panel";
import { setupSteps } from "@/components/validators/setup/setup-steps";
import type { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import { hasBeenOnChain } from "@/server/domains/validators/states";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { NodeLog } from "../nodes/node-log";
import { SetupRequestActs } from "./setup-request-acts";
import { SetupRequestFacts } from "./setup-request-facts";
import { SetupRequestStory } from "./setup-request-story";

type SetupRequestDetailProps = {
  setupRequestId: string;
  initial: SetupWithNode | undefined;
  initialEvents: ProvisioningEventView[] | undefined;
};

const TRAIL = [{ href: "/admin/setup-requests", label: "Setup requests" }];

/** One request as an operator sees it: its sentence, steps, node, story and log, with the acts on it. */
export function SetupRequestDetail({ setupRequestId, initial, initialEvents }: SetupRequestDetailProps) {
  const trpc = useTRPC();
  const ofStory = { setupRequestId, newest: 500 };
  const [setupPace, storyPace] = useLiveReads([
    trpc.validators.admin.getSetupRequest.queryKey({ setupRequestId }),
    trpc.validators.admin.listSetupEvents.queryKey(ofStory),
  ]);
  const setup = useQuery(
    trpc.validators.admin.getSetupRequest.queryOptions(
      { setupRequestId },
      { ...setupPace, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const events = useQuery(
    trpc.validators.admin.listSetupEvents.queryOptions(ofStory, {
      ...storyPace,
      ...(initialEvents ? { initialData: initialEvents } : {}),
    }),
  );
  return (
    <DetailRead
      kind="Setup request"
      id={setupRequestId}
      trail={TRAIL}
      subject="This setup request"
      read={bothReads(setup, events)}
    >
      {([{ setupRequest, node }, story], stale) => (
        <DetailPage
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
          sentence={{
            ...standingJudgement(setupRequest.standing),
            children: (
              <>
                {hasBeenOnChain(setupRequest.status) ? (
                  <StandingSentence standing={setupRequest.standing} />
                ) : (
                  (setupRequest.errorMessage ?? setupRequest.statusMessage)
                )}
                {setupRequest.errorCode ? (
                  <span className="ml-2 font-mono text-xs text-ink-faint">{setupRequest.errorCode}</span>
                ) : null}
              </>
            ),
          }}
          stale={stale}
        >
          <DetailColumns side={<SetupRequestFacts setup={setupRequest} node={node} />}>
            <Panel title="Steps of this attempt" aside={`Attempt ${setupRequest.generation}`}>
              <StepTimeline label="Steps of provisioning" steps={setupSteps(setupRequest, story)} />
            </Panel>
          </DetailColumns>
          <SetupRequestStory events={story} />
          {node ? <NodeLog nodeId={node.id} isGone={node.status === "terminated"} /> : null}
        </DetailPage>
      )}
    </DetailRead>
  );
}
