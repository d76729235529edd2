"use client";

import { ArrowLeft, ArrowRight } from "lucide-react";
import Link from "next/link";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { KeyHint } from "@/components/ui/key-hint";
import { type WizardStep, WizardSteps } from "./wizard-steps";

type WizardProps = {
  /** The whole undertaking: "New validator". */
  title: string;
  steps: readonly WizardStep[];
  currentId: string;
  /** The decision of this step as a heading: "Where should the node run?" */
  heading: string;
  /** One line below it, where it is needed. */
  lead?: ReactNode;
  /** Names what comes: "Continue to commission", "Set up node". */
  continueLabel: string;
  onContinue: () => void;
  /** Left out on the first step. */
  onBack?: (() => void) | undefined;
  isBusy?: boolean;
  /** Why it cannot go on, shown beside the button; the button then stays unpressable. */
  blockedBy?: string | undefined;
  /** Leaves the wizard; what was entered stays. */
  leaveHref: string;
  /** Called as it is left, to keep what was entered in this step. */
  onLeave?: () => void;
  /** What the decision means, live: quote, limits of the chain, what cannot be changed later. */
  meaning: ReactNode;
  /** Without the foot, for steps that carry their own acts (provisioning, signing). */
  withoutFoot?: boolean;
  children: ReactNode;
};

/** Steps at the left, one decision in the middle, its meaning at the right; Enter continues, Escape goes back. */
export function Wizard(props: WizardProps) {
  const { currentId, isBusy = false, blockedBy, onContinue, onBack } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const canContinue = !isBusy && blockedBy === undefined && !props.withoutFoot;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading takes the focus when the step changes, not when it renders
  useEffect(() => heading.current?.focus({ preventScroll: false }), [currentId]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"], [role="menu"]'))
        return;
      if (event.key === "Escape" && onBack && !isBusy) onBack();
      // Inside a control Enter is the form's own; this is for when nothing holds the focus.
      const isFree = event.target === document.body || event.target === heading.current;
      const isFromText = event.target instanceof HTMLTextAreaElement && (event.ctrlKey || event.metaKey);
      if (event.key === "Enter" && canContinue && (isFree || isFromText)) onContinue();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onBack, onContinue, isBusy, canContinue]);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (canContinue) onContinue();
  }

  return (
    <div className="mx-auto grid max-w-320 gap-x-10 gap-y-5 lg:grid-cols-[11rem_minmax(0,1fr)] xl:grid-cols-[11rem_minmax(0,1fr)_20rem]">
      <div className="lg:row-span-2 xl:row-span-1">
        <div className="mb-3 flex items-baseline justify-between gap-3 lg:block">
          <p className="text-sm font-semibold">{props.title}</p>
          <Link
            href={props.leaveHref}
            onClick={() => props.onLeave?.()}
            className="text-xs text-ink-muted underline-offset-2 hover:underline lg:mt-0.5 lg:inline-block"
          >
            Leave, keep what is entered
          </Link>
        </div>
        <WizardSteps steps={props.steps} currentId={currentId} />
      </div>
      <form onSubmit={onSubmit} noValidate className="min-w-0">
        <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
          {props.heading}
        </h1>
        {props.lead ? <p className="mt-1 text-base text-pretty text-ink-muted">{props.lead}</p> : null}
        <div className="mt-5">{props.children}</div>
        {props.withoutFoot ? null : (
          <div className="sticky bottom-0 mt-6 flex flex-wrap items-center gap-3 border-t bg-ground py-3">
            {onBack ? (
              <Button kind="quiet" onClick={onBack} disabled={isBusy}>
                <ArrowLeft />
                Back
                <KeyHint keys="Esc" />
              </Button>
            ) : null}
            {/* Where there is no room beside the buttons it stands above them, and they stay in one row. */}
            <span className="min-w-0 text-sm text-ink-muted max-sm:-order-1 max-sm:basis-full max-sm:empty:hidden sm:ml-auto sm:text-right">
              {blockedBy}
            </span>
            <Button
              type="submit"
              kind="primary"
              className="max-sm:ml-auto"
              busy={isBusy}
              disabled={blockedBy !== undefined}
            >
              {props.continueLabel}
              <ArrowRight />
              <KeyHint keys="Enter" />
            </Button>
          </div>
        )}
      </form>
      <aside
        aria-label="What this means"
        className="min-w-0 rounded-md border bg-panel p-4 xl:sticky xl:top-17 xl:self-start"
      >
        {props.meaning}
      </aside>
    </div>
  );
}
