"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { StepProps } from "./step-props";
import type { WizardAnswers } from "./wizard-answers";

type AnswerFieldProps = Pick<StepProps, "answers" | "messages" | "onChange"> & {
  name: keyof WizardAnswers;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  isLong?: boolean;
  inputMode?: "decimal" | "url" | "text";
  aside?: ReactNode;
};

/** One typed answer of the wizard. */
export function AnswerField({
  name,
  label,
  hint,
  required,
  isLong,
  inputMode,
  aside,
  answers,
  messages,
  onChange,
}: AnswerFieldProps) {
  return (
    <Field label={label} hint={hint} error={messages[name]} required={required ?? false} aside={aside}>
      {(control) =>
        isLong ? (
          <Textarea
            {...control}
            name={name}
            rows={3}
            value={answers[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        ) : (
          <Input
            {...control}
            name={name}
            inputMode={inputMode}
            autoComplete="off"
            value={answers[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        )
      }
    </Field>
  );
}
