"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import type { StepProps } from "./step-props";

/** Cloud or the person's own machine. */
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
          description:
            "You run the node; its key never leaves your machine. Our agent beside it proves the key and reports here. A machine that sleeps misses blocks.",
        },
      ]}
    />
  );
}
