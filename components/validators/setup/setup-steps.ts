import type { TimelineStep } from "@/components/state/step-timeline";
import { PROVISION_STEPS } from "@/server/domains/validators/constants";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { hasBeenOnChain, isProvisioning } from "@/server/domains/validators/states";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";

/** The steps of the newest attempt as the story tells them: started, done, failed, and the sentence of each. */
export function setupSteps(
  setup: Pick<SetupRequestView, "status" | "currentStep" | "errorMessage" | "errorCode">,
  events: readonly ProvisioningEventView[],
): TimelineStep[] {
  const lastRetry = events.findLastIndex((event) => event.type === "retry");
  const attempt = events.slice(lastRetry + 1);
  const cancelledAt = attempt.findLast((event) => event.type === "cancelled")?.at;
  const isAtWork = isProvisioning(setup.status);
  const isPast =
    setup.status === "ready_for_chain_tx" || setup.status === "chain_tx_pending" || hasBeenOnChain(setup.status);
  return PROVISION_STEPS.map((step): TimelineStep => {
    const own = attempt.filter((event) => event.step === step.id);
    const started = own.find((event) => event.type === "started");
    const completed = own.findLast((event) => event.type === "completed");
    const latest = own.at(-1);
    const base = {
      id: step.id,
      label: step.title,
      ...(started ? { startedAt: started.at } : {}),
      ...(completed ? { endedAt: completed.at } : {}),
      ...(latest ? { sentence: latest.message } : {}),
    };
    if (setup.status === "cancelled") {
      // What a step had made is given back; one that never ran was only called off.
      const { sentence: _then, ...times } = base;
      if (completed) return { ...times, state: "undone" };
      return {
        ...times,
        ...(started && cancelledAt ? { endedAt: cancelledAt } : {}),
        state: started ? "cancelled" : "waiting",
      };
    }
    if (completed || isPast) return { ...base, state: "done" };
    if (setup.currentStep === step.id && setup.status === "failed") {
      return {
        ...base,
        state: "failed",
        sentence: setup.errorMessage ?? latest?.message,
        code: setup.errorCode ?? undefined,
      };
    }
    if (setup.currentStep === step.id && isAtWork) return { ...base, state: "running" };
    return { ...base, state: "waiting" };
  });
}

/** What became of the steps of a setup that was cancelled. */
export function undoneSentence(
  { isCleaningUp }: Pick<SetupRequestView, "isCleaningUp">,
  steps: readonly Pick<TimelineStep, "state">[],
): string {
  const done = steps.filter(({ state }) => state === "undone").length;
  if (done === 0) return "No step had ended; there was nothing to undo.";
  const what = `${done} of ${steps.length} steps had ended when it was cancelled`;
  return isCleaningUp ? `${what}; what they made is being undone.` : `${what}; what they made was undone.`;
}
