"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { Button } from "@/components/ui/button";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { isReason, ReasonField } from "../reason-field";

type Act = "retry" | "markFailed" | "cancel";
const MAY_BE_MARKED: readonly SetupRequestView["status"][] = ["pending", "provisioning", "configuring"];

/** What an operator can do with a request; each act says first what will happen. */
export function SetupRequestActs({ setup }: { setup: SetupRequestView }) {
  const client = useTRPCClient();
  const [open, setOpen] = useState<Act>();
  const [reason, setReason] = useState("");
  const setupRequestId = setup.id;
  const name = setup.validatorName;
  const act = useAct(
    async (asked: Act) => {
      if (asked === "retry") await client.validators.admin.retrySetupRequest.mutate({ setupRequestId });
      else if (asked === "cancel") await client.validators.admin.cancelSetupRequest.mutate({ setupRequestId });
      else await client.validators.admin.markSetupFailed.mutate({ setupRequestId, reason });
    },
    () => {
      setOpen(undefined);
      setReason("");
    },
  );
  const sheet = (kind: Act) => ({
    open: open === kind,
    onOpenChange: (next: boolean) => {
      act.forget();
      setOpen(next ? kind : undefined);
    },
    isBusy: act.isBusy,
    error: act.error,
    onConfirm: () => void act.run(kind),
  });
  const canMark = MAY_BE_MARKED.includes(setup.status);
  return (
    <>
      {setup.canRetry ? (
        <Button kind="primary" onClick={() => setOpen("retry")}>
          Retry setup
        </Button>
      ) : null}
      {setup.isCleaningUp ? (
        <span className="text-sm text-ink-muted">Node, volume and slot are being given back.</span>
      ) : null}
      {canMark ? (
        <Button kind="dangerQuiet" onClick={() => setOpen("markFailed")}>
          Mark as failed
        </Button>
      ) : null}
      {setup.canCancel ? (
        <Button kind="dangerQuiet" onClick={() => setOpen("cancel")}>
          Cancel setup
        </Button>
      ) : null}
      <DangerSheet
        {...sheet("retry")}
        act={`Retry setup of ${name}`}
        tone="weighty"
        effects={[
          "The request goes back to the queue and takes a slot of its region again.",
          "A new node with a new consensus key is made; the failed attempt's volume is gone already.",
          "One of the request's retries is used up.",
        ]}
        duration="Usually a few minutes, at most 30."
        cost="Nothing. The owner is not charged for a setup."
        wayBack="Cancel the setup while it runs."
      />
      <DangerSheet
        {...sheet("markFailed")}
        act={`Mark setup of ${name} as failed`}
        effects={[
          "The attempt ends; a step that runs now goes on to its end, and its result is dropped.",
          "Node, volume and slot are given back, unless a validator on the chain uses the volume's key.",
          "The owner reads the reason below on the page of the request.",
        ]}
        duration="The state changes at once; giving back takes up to two minutes."
        cost="The attempt's consensus key is lost with its volume. No stake is touched: nothing was signed yet."
        wayBack="Retry, while retries are left."
        isReady={isReason(reason)}
      >
        <ReasonField label="Reason, for the owner and the audit log" value={reason} onChange={setReason} />
      </DangerSheet>
      <DangerSheet
        {...sheet("cancel")}
        act={`Cancel setup of ${name}`}
        effects={[
          "The request ends for good.",
          "Node, volume and slot are given back, unless a validator on the chain uses the volume's key.",
        ]}
        duration="The state changes at once; giving back takes up to two minutes."
        cost="The consensus key is lost with its volume."
        wayBack="None. The owner can ask for a new setup."
      />
    </>
  );
}
