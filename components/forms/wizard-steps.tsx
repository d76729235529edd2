import { Check } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/components/ui/class-names";

/** One step; `href` only where it may be returned to. `answer` is what was decided, in a few words. */
export type WizardStep = {
  id: string;
  label: string;
  isDone: boolean;
  href?: string | undefined;
  answer?: string | undefined;
};

/** The steps, what was decided in those behind, and where the reader stands. One line on narrow screens. */
export function WizardSteps({ steps, currentId }: { steps: readonly WizardStep[]; currentId: string }) {
  const current = steps.findIndex(({ id }) => id === currentId);
  return (
    <nav aria-label="Steps">
      <p className="flex items-center gap-2 text-xs text-ink-muted lg:hidden">
        <svg width="100%" height="4" aria-hidden="true" className="flex-1">
          <rect width="100%" height="4" rx="2" className="fill-raised" />
          <rect width={`${(100 * (current + 1)) / steps.length}%`} height="4" rx="2" className="fill-accent" />
        </svg>
        <span className="whitespace-nowrap">
          {current + 1} of {steps.length}: {steps[current]?.label}
        </span>
      </p>
      <ol className="hidden lg:block">
        {steps.map((step, index) => {
          const isCurrent = step.id === currentId;
          const body = (
            <>
              <span
                aria-hidden="true"
                className={classNames(
                  "mt-px flex size-4.5 shrink-0 items-center justify-center rounded-full border text-xs",
                  isCurrent
                    ? "border-accent bg-accent text-on-accent"
                    : step.isDone
                      ? "border-ink-muted text-ink-muted"
                      : "border-line-strong text-ink-faint",
                )}
              >
                {step.isDone && !isCurrent ? <Check className="size-3" strokeWidth={3} /> : index + 1}
              </span>
              <span className="min-w-0">
                <span className={classNames("block", isCurrent ? "font-medium text-ink" : "text-ink-muted")}>
                  {step.label}
                </span>
                {step.answer ? <span className="block truncate text-xs text-ink-faint">{step.answer}</span> : null}
              </span>
              {step.isDone ? <span className="sr-only">, done</span> : null}
            </>
          );
          const look = "flex min-h-9 w-full gap-2.5 rounded-md py-1.5 text-sm";
          return (
            <li key={step.id} aria-current={isCurrent ? "step" : undefined}>
              {step.href && !isCurrent ? (
                <Link href={step.href} className={classNames(look, "hover:text-ink")}>
                  {body}
                </Link>
              ) : (
                <span className={look}>{body}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
