"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RuleView } from "@/server/domains/monitoring/schemas";

const wholeOrNull = (text: string): number | null => (/^\d+$/.test(text.trim()) ? Number(text.trim()) : null);

/** Sets a rule's figure and patience, or switches it off. */
export function EditRule({ rule, onClose }: { rule: RuleView; onClose: () => void }) {
  const client = useTRPCClient();
  const [isEnabled, setEnabled] = useState(rule.isEnabled);
  const [threshold, setThreshold] = useState(rule.threshold === null ? "" : String(rule.threshold));
  const [seconds, setSeconds] = useState(String(rule.forSeconds));
  const save = useAct(
    () =>
      client.monitoring.setRule.mutate({
        rule: rule.code,
        isEnabled,
        threshold: rule.defaultThreshold === null ? null : wholeOrNull(threshold),
        forSeconds: wholeOrNull(seconds),
      }),
    onClose,
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={rule.title}
      description={rule.condition}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button kind="primary" type="submit" form="edit-rule" busy={save.isBusy}>
            Save rule
          </Button>
        </>
      }
    >
      <form
        id="edit-rule"
        className="grid gap-5 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isBusy) void save.run(undefined);
        }}
      >
        <Checkbox checked={isEnabled} onChange={(event) => setEnabled(event.target.checked)}>
          Look at this rule, and tell of it
        </Checkbox>
        {rule.defaultThreshold === null ? null : (
          <Field
            label={`Figure in ${rule.unit ?? ""}`}
            hint={`From ${rule.minThreshold ?? 0} to ${rule.maxThreshold ?? 0}; empty for the rule's own, ${rule.defaultThreshold}.`}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={threshold}
                onChange={(event) => setThreshold(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field
          label="Seconds for which it must hold"
          hint={`Before anybody is told; empty for the rule's own, ${rule.defaultForSeconds}.`}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={seconds}
              onChange={(event) => setSeconds(event.target.value)}
            />
          )}
        </Field>
        {save.error ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {save.error}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
