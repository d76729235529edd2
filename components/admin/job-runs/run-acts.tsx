"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { JobRun } from "@/server/domains/operations/schemas";
import { isReason, ReasonField } from "../reason-field";

/** Cancel what runs, or run again what has ended. */
export function RunActs({ run }: { run: JobRun }) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const runId = run.id;
  const cancel = useAct(
    () => client.operations.cancelJobRun.mutate({ runId, reason }),
    () => setOpen(false),
  );
  const retry = useAct(
    async () => {
      const asked = await client.operations.retryJobRun.mutate({ runId });
      toast({
        text: asked.isNew
          ? "The engine takes the new run up within a second."
          : "This run is being run again already; no second repeat was started.",
        action: {
          label: asked.isNew ? "Open new run" : "Open the repeat",
          onSelect: () => router.push(`/admin/job-runs/${asked.runId}`),
        },
      });
    },
    () => setOpen(false),
  );
  const act = run.endedAt === null ? cancel : retry;
  const sheet = {
    open: isOpen,
    onOpenChange: (next: boolean) => {
      act.forget();
      setOpen(next);
    },
    isBusy: act.isBusy,
    error: act.error,
    onConfirm: () => void act.run(undefined),
  };
  if (run.endedAt === null) {
    return (
      <>
        <Button kind="dangerQuiet" onClick={() => setOpen(true)}>
          Cancel run
        </Button>
        <DangerSheet
          {...sheet}
          act={`Cancel run of ${run.functionName}`}
          effects={[
            "The run ends; no further step of it begins.",
            "A step that executes now goes on to its end, and its result is dropped.",
            "What earlier steps did stays done. A sweep of the domain may start the work again within minutes.",
          ]}
          duration="At once."
          cost="The work is unfinished: look at what it worked on, and end that there if it should not go on."
          wayBack="Run again starts the same event from its first step."
          isReady={isReason(reason)}
        >
          <ReasonField label="Reason, for the run and the audit log" value={reason} onChange={setReason} />
        </DangerSheet>
      </>
    );
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>Run again</Button>
      <DangerSheet
        {...sheet}
        act={`Run ${run.functionName} again`}
        tone="weighty"
        effects={[
          "The same event starts a new run from its first step.",
          "Steps look before they act: what is there already is not made twice.",
          "If a newer attempt took over meanwhile, the new run sees that and ends without acting.",
        ]}
        duration="The new run begins within a second; limits on runs at once apply to it."
        cost="Nothing beyond what the function itself does."
        wayBack="Cancel the new run."
      />
    </>
  );
}
