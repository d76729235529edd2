import { compareDec, decFromPercent, decToPercent } from "@/lib/chain/dec";
import { parseDisplayAmount } from "@/lib/money";
import { CommissionInput, ProfileInput } from "@/server/domains/validators/requests/schemas";

/** Steps before the request is made, in order; each is an address of its own. */
export const ANSWER_STEPS = ["mode", "profile", "commission", "placement", "review"] as const;
export type AnswerStep = (typeof ANSWER_STEPS)[number];

/** The steps that these answers take: a machine of one's own stands in no region of ours. */
export const stepsOf = ({ runMode }: Pick<WizardAnswers, "runMode">): readonly AnswerStep[] =>
  ANSWER_STEPS.filter((step) => runMode !== "local" || step !== "placement");

export const STEP_LABELS: Readonly<Record<AnswerStep | "provision" | "sign", string>> = {
  mode: "Where it runs",
  profile: "Profile",
  commission: "Commission and stake",
  placement: "Region and size",
  review: "Review",
  provision: "Set up node",
  sign: "Sign",
};

/** As typed: rates in percent, amounts in the display denom. */
export type WizardAnswers = {
  /** Our id of the network; empty for the one that is offered first. */
  readonly networkId: string;
  readonly runMode: string;
  readonly validatorName: string;
  readonly website: string;
  readonly securityContact: string;
  readonly description: string;
  readonly identity: string;
  readonly commissionRate: string;
  readonly commissionMaxRate: string;
  readonly commissionMaxChangeRate: string;
  readonly minSelfDelegation: string;
  readonly selfDelegation: string;
  readonly regionCode: string;
  readonly tierCode: string;
  readonly runtime: string;
};

export const FIRST_ANSWERS: WizardAnswers = {
  networkId: "",
  runMode: "cloud",
  validatorName: "",
  website: "",
  securityContact: "",
  description: "",
  identity: "",
  commissionRate: "10",
  commissionMaxRate: "20",
  commissionMaxChangeRate: "1",
  minSelfDelegation: "1",
  selfDelegation: "10",
  regionCode: "",
  tierCode: "",
  runtime: "",
};

/** What the chain and the network say, as far as it is known. */
export type WizardFacts = {
  readonly minCommissionRate: string | null;
  readonly denomExponent: number;
  readonly displayDenom: string;
};

export type FieldMessages = Readonly<Record<string, string>>;

const percent = (text: string): string => {
  try {
    return decFromPercent(text.trim());
  } catch {
    return "not a number";
  }
};
const baseUnits = (text: string, exponent: number): string => {
  try {
    return parseDisplayAmount(text.trim(), exponent).toString();
  } catch {
    return "not an amount";
  }
};

/** The answers as the request wants them: rates as decimals, amounts in base units. */
export function toRequestFields(answers: WizardAnswers, facts: Pick<WizardFacts, "denomExponent">) {
  return {
    validatorName: answers.validatorName,
    website: answers.website,
    securityContact: answers.securityContact,
    description: answers.description,
    identity: answers.identity,
    commissionRate: percent(answers.commissionRate),
    commissionMaxRate: percent(answers.commissionMaxRate),
    commissionMaxChangeRate: percent(answers.commissionMaxChangeRate),
    minSelfDelegation: baseUnits(answers.minSelfDelegation, facts.denomExponent),
    selfDelegation: baseUnits(answers.selfDelegation, facts.denomExponent),
  };
}

const RATES = ["commissionRate", "commissionMaxRate", "commissionMaxChangeRate"] as const;
const AMOUNTS = ["selfDelegation", "minSelfDelegation"] as const;

function isRate(rate: string): boolean {
  try {
    return compareDec(rate, "0") >= 0 && compareDec(rate, "1") <= 0;
  } catch {
    return false;
  }
}

/** Says of percent and display amounts what the schemas would say of decimals and base units, which nobody typed. */
function typedWrong(fields: ReturnType<typeof toRequestFields>, facts: WizardFacts): FieldMessages {
  const rates = RATES.filter((name) => !isRate(fields[name])).map((name) => [name, "From 0 to 100, such as 7.5."]);
  const amounts = AMOUNTS.filter((name) => !/^[1-9]\d*$/.test(fields[name])).map((name) => [
    name,
    `More than 0 ${facts.displayDenom}, such as 12.5, with at most ${facts.denomExponent} digits after the point.`,
  ]);
  return Object.fromEntries([...rates, ...amounts]);
}

const messagesOf = (issues: readonly { path: PropertyKey[]; message: string }[]): FieldMessages =>
  Object.fromEntries(issues.map((issue) => [String(issue.path[0] ?? "_"), capital(issue.message)]).reverse());
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What is wrong with a step's answers, by field; empty when the chain would take them. Uses the server's own schemas. */
export function checkStep(step: AnswerStep, answers: WizardAnswers, facts: WizardFacts): FieldMessages {
  const fields = toRequestFields(answers, facts);
  if (step === "mode")
    return answers.runMode === "cloud" || answers.runMode === "local" ? {} : { runMode: "Choose where the node runs." };
  if (step === "profile") {
    const { validatorName, website, securityContact, description, identity } = fields;
    const parsed = ProfileInput.safeParse({ validatorName, website, securityContact, description, identity });
    return parsed.success ? {} : messagesOf(parsed.error.issues);
  }
  if (step === "commission") {
    const { commissionRate, commissionMaxRate, commissionMaxChangeRate, minSelfDelegation, selfDelegation } = fields;
    const parsed = CommissionInput.safeParse({
      commissionRate,
      commissionMaxRate,
      commissionMaxChangeRate,
      minSelfDelegation,
      selfDelegation,
    });
    if (!parsed.success) return { ...messagesOf(parsed.error.issues), ...typedWrong(fields, facts) };
    const above: Record<string, string> = {};
    if (facts.minCommissionRate !== null && compareDec(commissionRate, facts.minCommissionRate) < 0) {
      above.commissionRate = `This chain demands at least ${decToPercent(facts.minCommissionRate)} %.`;
    }
    if (compareDec(commissionRate, commissionMaxRate) > 0) above.commissionRate = "Not above the maximum rate.";
    if (compareDec(commissionMaxChangeRate, commissionMaxRate) > 0)
      above.commissionMaxChangeRate = "Not above the maximum rate.";
    if (BigInt(minSelfDelegation) > BigInt(selfDelegation)) above.minSelfDelegation = "Not above the self-delegation.";
    return above;
  }
  if (step === "placement") {
    return {
      ...(answers.regionCode === "" ? { regionCode: "Choose a region." } : {}),
      ...(answers.tierCode === "" ? { tierCode: "Choose a size." } : {}),
    };
  }
  return {};
}

/** What is wrong with any answer, by field. */
export const checkAll = (answers: WizardAnswers, facts: WizardFacts): FieldMessages =>
  Object.assign({}, ...stepsOf(answers).map((step) => checkStep(step, answers, facts)));

/** The first step that still has something wrong; null when all may be sent. */
export function firstOpenStep(answers: WizardAnswers, facts: WizardFacts): AnswerStep | null {
  return stepsOf(answers).find((step) => Object.keys(checkStep(step, answers, facts)).length > 0) ?? null;
}
