"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import type { StepProps } from "./step-props";

/** Cloud or the person's own machine; the latter comes with the desktop app. */
export function ModeStep({ answers, messages, onChange }: StepProps) {
  return (
    <RadioCards
      name="runMode"
      legend="Where the node runs"
      legendHidden
      columns={2}
      value={answers.runMode}
      onValueChange={(runMode) => onChange({ runMode })}
      error={messages.runMode}
      options={[
        {
          value: "cloud",
          title: "Cloud",
          description:
            "We set up the node, watch it, and restart it. You sign with your wallet; stop, start and redeploy from here.",
        },
        {
          value: "local",
          title: "My own machine",
          description: "The node runs on your computer, and this console observes it.",
          disabledReason: "Comes with the desktop app, which is not part of this version.",
        },
      ]}
    />
  );
}
