"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  BULK_ACTS,
  type BulkAct,
  DEFAULT_AT_ONCE,
  DEFAULT_POWER_PERCENT,
  MAX_AT_ONCE,
  REASON_MAX_CHARACTERS,
} from "@/server/domains/fleet/constants";
import type { BulkPlan } from "@/server/domains/fleet/schemas";
import { BulkPlanRows } from "./bulk-plan-rows";
import { ACT_WORDS } from "./bulk-words";

/** Which validators are meant: those that were chosen, or all that have the page's filters. */
export type Meant =
  | { readonly setupRequestIds: string[]; readonly words: string }
  | { readonly filter: Record<string, string>; readonly words: string };

/** First what would happen to each node, then its bounds, and the words that begin it. */
export function BulkSheet({ meant, onClose }: { meant: Meant; onClose: () => void }) {
  const { fleet } = useTRPCClient();
  const router = useRouter();
  const formId = useId();
  const [act, setAct] = useState<BulkAct>("redeploy");
  const [mayJail, setMayJail] = useState(false);
  const [maxPowerPercent, setMaxPowerPercent] = useState(DEFAULT_POWER_PERCENT);
  const [atOnce, setAtOnce] = useState(DEFAULT_AT_ONCE);
  const [reason, setReason] = useState("");
  const [confirmation, setConfirmation] = useState("");
  const [plan, setPlan] = useState<BulkPlan>();
  const { words: _words, ...selection } = meant;
  const asked = { act, mayJail, maxPowerPercent, ...selection } as Parameters<typeof fleet.planBulkRun.mutate>[0];
  const planning = useAct(async () => setPlan(await fleet.planBulkRun.mutate(asked)));
  const starting = useAct(async () => {
    const { bulkRunId } = await fleet.startBulkRun.mutate({ ...asked, atOnce, reason, confirmation });
    router.push(`/admin/fleet/runs/${bulkRunId}`);
  });
  /** What was planned is not what would be begun now. */
  const change = (set: () => void) => {
    set();
    setPlan(undefined);
    setConfirmation("");
    starting.forget();
  };
  const isReady =
    plan !== undefined && plan.allowed > 0 && confirmation.trim() === plan.confirmation && reason.trim().length >= 3;
  const error = starting.error ?? planning.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Act on many nodes"
      description={meant.words}
      placement="full"
      footer={
        <>
          <Button onClick={onClose}>Leave everything as it is</Button>
          {plan === undefined ? (
            <Button kind="primary" busy={planning.isBusy} onClick={() => void planning.run(undefined)}>
              Show what would happen
            </Button>
          ) : (
            <Button kind="danger" type="submit" form={formId} disabled={!isReady} busy={starting.isBusy}>
              {ACT_WORDS[act].past} {plan.allowed} {plan.allowed === 1 ? "node" : "nodes"}
            </Button>
          )}
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void starting.run(undefined);
        }}
      >
        <Field label="Act" hint={ACT_WORDS[act].effect} required>
          {(control) => (
            <Select
              {...control}
              value={act}
              onChange={({ target }) => change(() => setAct(BULK_ACTS.find((one) => one === target.value) ?? act))}
            >
              {BULK_ACTS.map((one) => (
                <option key={one} value={one}>
                  {ACT_WORDS[one].button}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Nodes at once" hint={`1 to ${MAX_AT_ONCE}.`} required>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={MAX_AT_ONCE}
                value={atOnce}
                onChange={({ target }) => setAtOnce(Math.min(MAX_AT_ONCE, Math.max(1, Number(target.value) || 1)))}
              />
            )}
          </Field>
          <Field
            label="Voting power away at once, percent"
            hint="Of each network's. From a third on, a network makes no blocks."
            required
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={100}
                value={maxPowerPercent}
                onChange={({ target }) =>
                  change(() => setMaxPowerPercent(Math.min(100, Math.max(1, Number(target.value) || 1))))
                }
              />
            )}
          </Field>
        </div>
        <Checkbox checked={mayJail} onChange={({ target }) => change(() => setMayJail(target.checked))}>
          Also those that would be jailed by it, or of which that is not known
        </Checkbox>
        {plan === undefined ? (
          <p className="text-sm text-ink-muted">
            Nothing happens yet. First each node's own gates are asked, and every row says what would happen to it.
          </p>
        ) : (
          <>
            <BulkPlanRows plan={plan} />
            <Field
              label="Reason"
              hint="Stands in your log and in each organisation's."
              required
              aside={`${reason.trim().length} of ${REASON_MAX_CHARACTERS}`}
            >
              {(control) => (
                <Textarea
                  {...control}
                  value={reason}
                  maxLength={REASON_MAX_CHARACTERS}
                  onChange={({ target }) => setReason(target.value)}
                />
              )}
            </Field>
            {plan.allowed === 0 ? null : (
              <Field label={`Type ${plan.confirmation} to begin`} required>
                {(control) => (
                  <Input
                    {...control}
                    value={confirmation}
                    autoComplete="off"
                    onChange={({ target }) => setConfirmation(target.value)}
                  />
                )}
              </Field>
            )}
          </>
        )}
        {error ? (
          <p role="alert" className="text-sm text-danger-text">
            {error}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
