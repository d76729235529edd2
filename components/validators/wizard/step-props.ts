import type { WizardNetwork } from "./new-validator";
import type { FieldMessages, WizardAnswers, WizardFacts } from "./wizard-answers";

/** What each step of the wizard is given. */
export type StepProps = {
  readonly answers: WizardAnswers;
  readonly messages: FieldMessages;
  readonly onChange: (patch: Partial<WizardAnswers>) => void;
  readonly facts: WizardFacts;
  readonly network: WizardNetwork;
};
