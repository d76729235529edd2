"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { FormSheet } from "@/components/forms/form-sheet";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { REASON_MAX_CHARACTERS } from "@/server/domains/fleet/constants";

/** Holds a node back from being started by anybody, or releases it. */
export function NodeHold({ setupRequestId, isHeld }: { setupRequestId: string; isHeld: boolean }) {
  const { admin } = useTRPCClient().validators;
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const hold = useAct(
    () => admin.holdNode.mutate({ setupRequestId, reason: reason.trim() }),
    () => setOpen(false),
  );
  const release = useAct(() => admin.releaseNode.mutate({ setupRequestId }));
  if (isHeld) {
    return (
      <>
        <Button busy={release.isBusy} onClick={() => void release.run(undefined)}>
          Release node
        </Button>
        {release.error ? (
          <p role="alert" className="text-sm text-danger-text">
            {release.error}
          </p>
        ) : null}
      </>
    );
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>Hold node back</Button>
      <FormSheet
        open={isOpen}
        onOpenChange={setOpen}
        title="Hold the node back"
        description="Nobody can start or replace it until it is released. One that runs goes on."
        submit="Hold node back"
        isReady={reason.trim().length >= 3}
        act={hold}
        onSubmit={() => void hold.run(undefined)}
      >
        <Field label="Reason" required hint="Its owner reads it when they try to start the node.">
          {(control) => (
            <Textarea
              {...control}
              value={reason}
              maxLength={REASON_MAX_CHARACTERS}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </FormSheet>
    </>
  );
}
