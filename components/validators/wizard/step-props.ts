import type { FieldMessages, WizardAnswers, WizardFacts } from "./wizard-answers";

/** The network of the new validator, as the wizard speaks of it. */
export type WizardNetwork = {
  readonly id: string;
  readonly chainId: string;
  readonly displayName: string;
  readonly kind: "mainnet" | "testnet" | "localnet";
  readonly displayDenom: string;
  readonly denomExponent: number;
  /** Whether it gives test coins. */
  readonly hasFaucet: boolean;
};

/** What each step of the wizard is given. */
export type StepProps = {
  readonly answers: WizardAnswers;
  readonly messages: FieldMessages;
  readonly onChange: (patch: Partial<WizardAnswers>) => void;
  readonly facts: WizardFacts;
  readonly network: WizardNetwork;
};
