"use client";

import { AnswerField } from "./answer-field";
import type { StepProps } from "./step-props";

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** The public description, with the chain's own limits. */
export function ProfileStep(props: StepProps) {
  const { answers } = props;
  return (
    <div className="grid max-w-120 gap-4">
      <AnswerField
        {...props}
        name="validatorName"
        label="Name (moniker)"
        required
        hint="3 characters to 70 bytes."
        aside={`${byteLength(answers.validatorName)}/70`}
      />
      <AnswerField
        {...props}
        name="website"
        label="Website"
        inputMode="url"
        hint="http or https."
        aside={`${byteLength(answers.website)}/140`}
      />
      <AnswerField
        {...props}
        name="securityContact"
        label="Security contact"
        hint="Where somebody who found a fault can write."
      />
      <AnswerField
        {...props}
        name="description"
        label="Details"
        isLong
        aside={`${byteLength(answers.description)}/280`}
      />
      <AnswerField
        {...props}
        name="identity"
        label="Identity"
        hint="A Keybase key, by which explorers find your picture."
      />
    </div>
  );
}
