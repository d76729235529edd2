"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { MAX_REASON_LENGTH, MIN_REASON_LENGTH } from "@/server/domains/operations/constants";

/** Whether a reason is long enough to be kept. */
export const isReason = (text: string): boolean =>
  text.trim().length >= MIN_REASON_LENGTH && text.trim().length <= MAX_REASON_LENGTH;

/** Why an operator does this; kept in the audit log. */
export function ReasonField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} required aside={`${value.trim().length} of ${MAX_REASON_LENGTH}`}>
      {(control) => (
        <Textarea
          {...control}
          value={value}
          maxLength={MAX_REASON_LENGTH}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
