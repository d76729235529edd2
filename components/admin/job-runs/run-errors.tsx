"use client";

import { AgeText } from "@/components/figures/age-text";
import { StateMark } from "@/components/state/state-mark";
import { Panel } from "@/components/ui/panel";
import type { JobRunDetail } from "@/server/domains/operations/schemas";

type Failure = {
  readonly id: string;
  readonly where: string;
  readonly at: string;
  readonly error: JobRunDetail["error"];
};

function failuresOf(run: JobRunDetail, wordsOf: (stepName: string) => string): readonly Failure[] {
  const names = new Map(run.steps.map((step) => [step.id, wordsOf(step.name)]));
  return run.calls
    .filter((call) => call.outcome === "error" || call.outcome === "lost")
    .map((call, index) => ({
      id: `${call.startedAt}-${index}`,
      where: `${call.stepId === null ? "Between steps" : (names.get(call.stepId) ?? "A step")}, try ${call.attempt + 1}`,
      at: call.endedAt ?? call.startedAt,
      error: call.error,
    }))
    .toReversed();
}

/** Every try that failed, newest first, with the stack where there is one. Nothing where nothing failed. */
export function RunErrors({ run, wordsOf }: { run: JobRunDetail; wordsOf: (stepName: string) => string }) {
  const failures = failuresOf(run, wordsOf);
  if (failures.length === 0) return null;
  return (
    <Panel title="Failed tries" aside={`${failures.length}, newest first`} flush>
      <ol className="divide-y">
        {failures.map(({ id, where, at, error }) => (
          <li key={id} className="grid gap-1 px-4 py-2.5 text-sm">
            <div className="flex items-baseline gap-2">
              <StateMark state="danger" className="translate-y-px" />
              <span className="font-medium">{where}</span>
              <AgeText at={at} className="ml-auto shrink-0 text-xs text-ink-muted" />
            </div>
            <p className="pl-5 break-words">
              {error?.message ?? "The portal did not answer this call, or its process ended during it."}
            </p>
            {error?.stack ? (
              <details className="pl-5 text-xs text-ink-muted">
                <summary className="cursor-pointer">Stack</summary>
                <pre className="mt-1 whitespace-pre-wrap wrap-anywhere rounded-md bg-sunken p-3 font-mono">
                  {error.stack}
                </pre>
              </details>
            ) : null}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
