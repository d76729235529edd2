"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type DangerSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Act and object, as on the button: "Stop node eu-1". Never "OK". */
  act: string;
  /** What will happen, in the order in which it happens. */
  effects: readonly ReactNode[];
  /** How long it takes, and how long the effect lasts. */
  duration: string;
  /** What it costs: money, missed blocks, stake at risk. "Nothing" is said, too. */
  cost: ReactNode;
  /** How it is undone, or that it cannot be. */
  wayBack: ReactNode;
  /** What must be typed before the button works, for what cannot be undone. */
  confirmWord?: string | undefined;
  /** A field the act needs, as its reason; stands below the consequences. */
  children?: ReactNode;
  /** False while that field is not filled in; the button waits for it. */
  isReady?: boolean;
  /** Red for what harms; the accent for what is only weighty. */
  tone?: "danger" | "weighty";
  isBusy?: boolean;
  /** Why the last try did not work, and what to do. */
  error?: string | undefined;
  onConfirm: () => void;
};

/** What will happen, before it happens: effects, duration, cost and the way back; the button names the act and its object. */
export function DangerSheet(props: DangerSheetProps) {
  const {
    open,
    onOpenChange,
    act,
    effects,
    confirmWord,
    tone = "danger",
    isBusy = false,
    isReady = true,
    error,
    onConfirm,
  } = props;
  const [typed, setTyped] = useState("");
  const formId = useId();
  const isHeld = !isReady || (confirmWord !== undefined && typed.trim() !== confirmWord);
  function changeOpen(next: boolean): void {
    setTyped("");
    onOpenChange(next);
  }
  return (
    <Dialog
      open={open}
      onOpenChange={changeOpen}
      title={act}
      footer={
        <>
          <Button onClick={() => changeOpen(false)}>Leave it as it is</Button>
          <Button
            type="submit"
            form={formId}
            kind={tone === "danger" ? "danger" : "primary"}
            busy={isBusy}
            disabled={isHeld}
            className="min-w-0 shrink"
          >
            <span className="truncate">{act}</span>
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isHeld && !isBusy) onConfirm();
        }}
      >
        <div>
          <h3 className="mb-1.5 text-sm font-semibold">What will happen</h3>
          <ol className="grid list-decimal gap-1 pl-5 text-base marker:text-ink-faint">
            {effects.map((effect, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the effects are one fixed sentence each and keep their order
              <li key={index}>{effect}</li>
            ))}
          </ol>
        </div>
        <dl className="grid gap-px overflow-hidden rounded-md border bg-line">
          <Row label="Takes">{props.duration}</Row>
          <Row label="Costs">{props.cost}</Row>
          <Row label="Way back">{props.wayBack}</Row>
        </dl>
        {props.children}
        {confirmWord === undefined ? null : (
          <Field label={`Type ${confirmWord} to go on`} required>
            {(control) => (
              <Input
                {...control}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        )}
        {error ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {error}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 bg-panel px-3 py-2 text-sm">
      <dt className="w-20 shrink-0 text-ink-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
