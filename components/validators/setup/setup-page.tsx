"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { useActInAddress } from "@/components/data/use-act-in-address";
import { AddressText } from "@/components/figures/address-text";
import { Meter } from "@/components/figures/meter";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailColumns, DetailPage } from "@/components/layout/detail-page";
import { LiveLog } from "@/components/log/live-log";
import { standingJudgement } from "@/components/state/judgements";
import { StepTimeline } from "@/components/state/step-timeline";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { CatchUpPanel } from "../catch-up/catch-up-panel";
import { useCatchUpSamples } from "../catch-up/use-catch-up";
import { ConnectMachine } from "../machine/connect-machine";
import { MachinePanel } from "../machine/machine-panel";
import { NodeLog } from "../node-log";
import { useSetupLive } from "../use-setup-live";
import { type SetupNetwork, SetupSign } from "./setup-sign";
import { setupSteps, undoneSentence } from "./setup-steps";

type SetupPageProps = {
  initial: SetupWithNode;
  initialEvents: readonly ProvisioningEventView[];
  network: SetupNetwork;
};

const CLOUD_CANCEL_EFFECTS = [
  "The step under way ends.",
  "The node and its volume with the key are removed.",
  "The slot in the region is given back.",
];
const LOCAL_CANCEL_EFFECTS = [
  "The request ends, and your wallet is free for another one.",
  "Nothing on your machine is touched.",
];

/** From the request to the signed validator, live: the steps, what is happening in one sentence, the signature, and the way out. */
export function SetupPage({ initial, initialEvents, network }: SetupPageProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const { state, events, isConnected } = useSetupLive(initial, initialEvents);
  const [act, setAct] = useActInAddress(["cancel"]);
  const setCancelOpen = (isOpen: boolean) => setAct(isOpen ? "cancel" : undefined);
  const cancel = useMutation(
    trpc.validators.cancelSetupRequest.mutationOptions({ onSuccess: () => setCancelOpen(false) }),
  );
  const retry = useMutation(trpc.validators.retrySetupRequest.mutationOptions());
  const { setupRequest: setup, node, machine } = state;
  const isLocal = setup.runMode === "local";
  const words = standingJudgement(setup.standing);
  const steps = setupSteps(setup, events);
  const samples = useCatchUpSamples(node, events);
  return (
    <DetailPage
      title={setup.validatorName}
      trail={[{ href: hrefOf("/validators"), label: "Validators" }]}
      facts={<span className="font-mono text-xs">{network.chainId}</span>}
      actions={
        setup.canCancel ? (
          <Button kind="dangerQuiet" onClick={() => setCancelOpen(true)}>
            Cancel setup
          </Button>
        ) : undefined
      }
      sentence={{
        state: words.state,
        word: isLocal && setup.status === "pending" ? "Waiting for your machine" : words.word,
        action: setup.canRetry ? (
          <Button kind="primary" busy={retry.isPending} onClick={() => retry.mutate({ setupRequestId: setup.id })}>
            Try again
          </Button>
        ) : setup.status === "cancelled" ? (
          <Button asChild kind="primary">
            <Link href={hrefOf("/validators/new")}>New validator</Link>
          </Button>
        ) : undefined,
        children: (
          <>
            {sentenceOf(setup)}
            {setup.errorCode ? <span className="ml-2 font-mono text-xs text-ink-muted">{setup.errorCode}</span> : null}
          </>
        ),
      }}
    >
      {retry.error ? (
        <p role="alert" className="text-sm text-danger-text">
          {shownError(retry.error).message}
        </p>
      ) : null}
      {isConnected ? null : (
        <p role="status" className="text-sm text-attention-text">
          The live connection is broken; the browser takes it up again by itself. What is shown may be old.
        </p>
      )}
      {setup.status === "active" ? <Success state={state} /> : null}
      {setup.status === "ready_for_chain_tx" || setup.status === "chain_tx_pending" ? (
        <SetupSign setup={setup} network={network} />
      ) : null}
      {isLocal && setup.status === "pending" ? <ConnectMachine setup={setup} network={network} /> : null}
      {isLocal ? <MachinePanel machine={machine} /> : null}
      {isLocal ? null : (
        <DetailColumns
          side={
            <Panel title="Node">
              <dl className="grid gap-2 text-sm">
                <Row label="Public key">
                  {setup.consensusPubkey ? (
                    <AddressText value={setup.consensusPubkey} kind="consensus public key" whole />
                  ) : (
                    "not made yet"
                  )}
                </Row>
                <Row label="Operator">
                  <AddressText value={setup.operatorAddress} kind="operator address" whole />
                </Row>
                <Row label="Runtime">{node?.runtime ?? setup.runtime ?? "chosen by placement"}</Row>
                <Row label="Peer address">
                  {node?.p2pEndpoint ? (
                    <AddressText value={node.p2pEndpoint} kind="peer address" whole />
                  ) : (
                    "not known yet"
                  )}
                </Row>
              </dl>
            </Panel>
          }
        >
          <Panel title="Steps">
            {setup.status === "cancelled" ? (
              <p className="text-sm text-ink-muted">{undoneSentence(setup, steps)}</p>
            ) : (
              <Meter
                label="Setup"
                value={setup.progressPercent}
                max={100}
                valueText={`${setup.progressPercent} %`}
                state={words.state}
              />
            )}
            <div className="mt-4">
              <StepTimeline label="Steps of the setup" steps={steps} />
            </div>
          </Panel>
        </DetailColumns>
      )}
      {setup.status === "configuring" && !isLocal ? <CatchUpPanel samples={samples} node={node} /> : null}
      <Panel title="Log of the setup" flush>
        <div className="h-80">
          <LiveLog
            label="Setup log"
            fills
            fileName={`setup-${setup.id}`}
            emptyText="Nothing has happened yet."
            lines={events.map((event) => ({
              id: event.sequence,
              at: event.at,
              level: event.type === "failed" ? "error" : "info",
              text: event.message,
              ...(event.step ? { source: event.step } : {}),
            }))}
          />
        </div>
      </Panel>
      {node ? (
        <NodeLog
          nodeId={node.id}
          isGone={node.status === "terminated"}
          isBeingMade={setup.status === "provisioning" || setup.status === "configuring"}
        />
      ) : null}
      <DangerSheet
        open={act === "cancel" && setup.canCancel}
        onOpenChange={setCancelOpen}
        act={`Cancel setup of ${setup.validatorName}`}
        effects={isLocal ? LOCAL_CANCEL_EFFECTS : CLOUD_CANCEL_EFFECTS}
        duration={isLocal ? "At once." : "Within two minutes."}
        cost={
          setup.chainTxHash
            ? "Nothing more than the fee of a transaction that failed."
            : "Nothing: no transaction was sent."
        }
        wayBack={
          isLocal
            ? "Start a new setup. The node on your machine and its key stay as they are."
            : "Start a new setup. The key made for this one is gone for good."
        }
        isBusy={cancel.isPending}
        error={cancel.error ? shownError(cancel.error).message : undefined}
        onConfirm={() => cancel.mutate({ setupRequestId: setup.id })}
      />
    </DetailPage>
  );
}

function sentenceOf(setup: SetupWithNode["setupRequest"]): string {
  if (setup.status === "cancelled" && setup.runMode === "local")
    return "No validator was made. The node on your machine is yours to keep or remove.";
  if (setup.status === "cancelled")
    return setup.isCleaningUp
      ? "No validator was made. Node, volume and slot are being given back, which takes up to two minutes."
      : "No validator was made. Node, volume and slot were given back.";
  if (setup.status !== "failed") return setup.statusMessage;
  const why = setup.errorMessage ?? setup.statusMessage;
  return setup.isCleaningUp ? `${why} What the attempt left is being removed first.` : why;
}

function Success({ state }: { state: SetupWithNode }) {
  const hrefOf = useOrganizationHref();
  const { setupRequest } = state;
  return (
    <Panel title="Your validator exists">
      <dl className="grid gap-2 text-sm">
        <Row label="Operator">
          <AddressText value={setupRequest.operatorAddress} kind="operator address" whole />
        </Row>
        {setupRequest.chainTxHash ? (
          <Row label="Transaction">
            <AddressText value={setupRequest.chainTxHash} kind="transaction hash" whole />
          </Row>
        ) : null}
      </dl>
      <Button asChild kind="primary" className="mt-4">
        <Link href={hrefOf(`/validators/${setupRequest.id}`)}>Open the validator</Link>
      </Button>
    </Panel>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0 break-all">{children}</dd>
    </div>
  );
}
