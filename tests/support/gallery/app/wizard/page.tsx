"use client";

import { useState } from "react";
import { Quote } from "@/components/figures/quote";
import { Wizard } from "@/components/forms/wizard";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const IDS = ["mode", "profile", "commission", "placement", "review", "provision", "sign"] as const;
const LABELS = {
  mode: "Where it runs",
  profile: "Profile",
  commission: "Commission",
  placement: "Region and size",
  review: "Review",
  provision: "Set up node",
  sign: "Sign",
};

export default function WizardSample() {
  const [current, setCurrent] = useState(2);
  return (
    <main className="p-6">
      <Wizard
        title="New validator"
        steps={IDS.map((id, index) => ({
          id,
          label: LABELS[id],
          isDone: index < current,
          href: index < current ? `/wizard?step=${id}` : undefined,
          answer: index === 0 ? "Cloud" : undefined,
        }))}
        currentId={IDS[current] ?? "mode"}
        heading="What do you charge delegators?"
        lead="The share of their rewards that you keep. Two of the three can never be changed."
        continueLabel="Continue to region and size"
        onContinue={() => setCurrent((was) => Math.min(IDS.length - 1, was + 1))}
        onBack={current > 0 ? () => setCurrent((was) => was - 1) : undefined}
        leaveHref="/"
        meaning={
          <Quote
            title="What it costs"
            lines={[
              { label: "Node, 4 vCPU, 8 GiB", detail: "eu-central", amount: "48.00 USD" },
              { label: "Disk, 200 GiB", amount: "20.00 USD" },
            ]}
            total={{ label: "Each month", amount: "68.00 USD" }}
            notes={["Charged by the hour. Nothing is charged before the node runs."]}
          />
        }
      >
        <div className="grid max-w-100 gap-4">
          <Field label="Commission" required hint="At least 5 %, by the chain's rule.">
            {(control) => <Input {...control} defaultValue="5" inputMode="decimal" />}
          </Field>
          <Field label="Max commission rate" required hint="Can never be changed.">
            {(control) => <Input {...control} defaultValue="20" inputMode="decimal" />}
          </Field>
          <Field label="Max daily change" required hint="Can never be changed.">
            {(control) => <Input {...control} defaultValue="1" inputMode="decimal" />}
          </Field>
        </div>
      </Wizard>
    </main>
  );
}
