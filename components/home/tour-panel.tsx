"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { useOrganizationHref } from "@/components/layout/console-place";
import { StepMark } from "@/components/state/step-mark";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { TourStep } from "./tour-steps";

/** The newcomer's way, one step after the other; whoever knows it leaves it, for good and on every device. */
export function TourPanel({ steps }: { steps: readonly TourStep[] }) {
  const client = useTRPCClient();
  const router = useRouter();
  const hrefOf = useOrganizationHref();
  const leave = useAct(
    () => client.identity.setTour.mutate({ isOpen: false }),
    () => router.refresh(),
  );
  const next = steps.find(({ isDone }) => !isDone);
  const doneCount = steps.filter(({ isDone }) => isDone).length;
  return (
    <Panel
      title="First way through"
      aside={
        <>
          <span>
            {doneCount} of {steps.length} done
          </span>
          <Button size="small" kind="quiet" busy={leave.isBusy} onClick={() => void leave.run(undefined)}>
            {next ? "Leave the tour" : "Done, close it"}
          </Button>
        </>
      }
    >
      <ol className="grid gap-x-6 gap-y-5 sm:grid-cols-2 xl:grid-cols-4">
        {steps.map((step) => (
          <li key={step.id} className="flex gap-2.5" aria-current={step === next ? "step" : undefined}>
            <StepMark state={step.isDone ? "done" : step === next ? "person" : "waiting"} />
            <div className="grid min-w-0 content-start gap-1">
              <h3 className="text-sm font-semibold">
                {step.title}
                {step.isDone ? <span className="sr-only">, done</span> : null}
              </h3>
              <p className="text-sm text-pretty text-ink-muted">{step.sentence}</p>
              {step === next && step.href !== null ? (
                <Button asChild kind="primary" className="mt-1 justify-self-start">
                  <Link href={hrefOf(step.href)}>{step.act}</Link>
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      {leave.error ? (
        <p role="alert" className="mt-3 text-sm text-danger-text">
          {leave.error}
        </p>
      ) : null}
    </Panel>
  );
}
