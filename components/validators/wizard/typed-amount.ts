import { UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits, parseDisplayAmount } from "@/lib/money";
import type { WizardFacts } from "./wizard-answers";

/** An amount as somebody typed it, grouped and with its denom; what is no amount stands as it was typed. */
export function typedAmount(text: string, facts: Pick<WizardFacts, "denomExponent" | "displayDenom">): string {
  try {
    const baseUnits = parseDisplayAmount(text, facts.denomExponent);
    return `${formatBaseUnits(baseUnits, facts.denomExponent)}${UNIT_SPACE}${facts.displayDenom}`;
  } catch {
    return text === "" ? "none" : `${text}${UNIT_SPACE}${facts.displayDenom}`;
  }
}
