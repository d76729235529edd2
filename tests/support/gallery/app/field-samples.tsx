"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";

export function FieldSamples() {
  const [mode, setMode] = useState("cloud");
  return (
    <div className="my-4 grid gap-4">
      <Field
        label="Name"
        required
        hint="What other validators and delegators see; up to 70 bytes."
        aside="12 of 70 bytes"
      >
        {(control) => <Input {...control} defaultValue="Aurora North" />}
      </Field>
      <Field label="Commission" required error="The chain takes no commission below 5 %. Enter 5 or more.">
        {(control) => <Input {...control} defaultValue="4" />}
      </Field>
      <Field label="Region">
        {(control) => (
          <Select {...control}>
            <option>eu-central</option>
          </Select>
        )}
      </Field>
      <RadioCards
        name="mode"
        legend="Where the node runs"
        value={mode}
        onValueChange={setMode}
        columns={2}
        options={[
          {
            value: "cloud",
            title: "Cloud",
            description: "We run it; you hold the account key.",
            aside: "38 of 40 slots",
          },
          { value: "local", title: "Local", description: "Your machine.", disabledReason: "Needs the desktop app." },
        ]}
      />
    </div>
  );
}
