"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { FormSheet } from "@/components/forms/form-sheet";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { RULES, type RuleCode, SILENCE_REASON_MAX_CHARACTERS } from "@/server/domains/monitoring/constants";

const LENGTHS = [
  { value: "1", label: "1 hour" },
  { value: "4", label: "4 hours" },
  { value: "24", label: "1 day" },
  { value: "168", label: "7 days" },
] as const;

type NewSilenceProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What it is about, where the page knows. */
  rule?: RuleCode;
  subject?: string;
};

/** Asks what is to be kept silent, from when, for how long and why. */
export function NewSilence({ open, onOpenChange, rule: given, subject: about }: NewSilenceProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [kind, setKind] = useState<"silence" | "maintenance">("silence");
  const [rule, setRule] = useState<string>(given ?? "");
  const [subject, setSubject] = useState(about ?? "");
  const [begins, setBegins] = useState("");
  const [hours, setHours] = useState("1");
  const [reason, setReason] = useState("");
  const validators = useQuery(trpc.validators.listSetupRequests.queryOptions({ limit: 100 }, { enabled: open }));
  const make = useAct(
    () => {
      const startsAt = begins === "" ? new Date() : new Date(begins);
      return client.monitoring.createSilence.mutate({
        kind,
        rule: RULES.find(({ code }) => code === rule)?.code ?? null,
        subject: subject === "" ? null : subject,
        reason,
        ...(begins === "" ? {} : { startsAt: startsAt.toISOString() }),
        endsAt: new Date(startsAt.getTime() + Number(hours) * 3_600_000).toISOString(),
      });
    },
    () => {
      setReason("");
      onOpenChange(false);
    },
  );
  const isReady = reason.trim() !== "";
  return (
    <FormSheet
      open={open}
      onOpenChange={onOpenChange}
      title="New silence"
      description="What happens meanwhile is still seen and written down; nobody is told, and no incident opens."
      placement="side"
      submit="Keep silent"
      isReady={isReady}
      act={make}
      onSubmit={() => void make.run(undefined)}
    >
      <Field label="Kind" required>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onChange={(event) => setKind(event.target.value === "maintenance" ? "maintenance" : "silence")}
          >
            <option value="silence">Silence: this is known</option>
            <option value="maintenance">Maintenance: this is planned</option>
          </Select>
        )}
      </Field>
      <Field label="Rule" required>
        {(control) => (
          <Select {...control} value={rule} onChange={(event) => setRule(event.target.value)}>
            <option value="">Every rule</option>
            {RULES.map(({ code, title }) => (
              <option key={code} value={code}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Validator" required>
        {(control) => (
          <Select {...control} value={subject} onChange={(event) => setSubject(event.target.value)}>
            <option value="">Everything of the organisation</option>
            {about ? <option value={about}>What this alert is about</option> : null}
            {(validators.data?.items ?? [])
              .filter(({ setupRequest }) => setupRequest.id !== about)
              .map(({ setupRequest }) => (
                <option key={setupRequest.id} value={setupRequest.id}>
                  {setupRequest.validatorName}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <Field label="Begins" hint="In your own time zone; now when left empty.">
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={begins}
            onChange={(event) => setBegins(event.target.value)}
          />
        )}
      </Field>
      <Field label="Lasts" required>
        {(control) => (
          <Select {...control} value={hours} onChange={(event) => setHours(event.target.value)}>
            {LENGTHS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Reason" required hint="Whoever looks on in the meantime reads it.">
        {(control) => (
          <Input
            {...control}
            value={reason}
            maxLength={SILENCE_REASON_MAX_CHARACTERS}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </FormSheet>
  );
}
