import { refuseCommissionChange } from "@/lib/chain/commission-rules";
import { compareDec, decToPercent } from "@/lib/chain/dec";
import { editValidatorMessage } from "@/lib/chain/messages/edit-validator";
import { unjailMessage } from "@/lib/chain/messages/unjail";
import type { ServiceCtx } from "@/server/kernel/context";
import type { ChainValidator } from "@/server/ports/chain-node";
import { commissionRefused, nothingChanges } from "../errors";
import type { ActRequest } from "../schemas";
import { ownNodeOf, requireOwnValidator, unjailFactsOf } from "./own-validator";
import { FRESH, type Plan, type Planner } from "./plan";
import { refuseUnjail } from "./unjail-rule";

type Asked<Kind extends ActRequest["kind"]> = Extract<ActRequest, { kind: Kind }>;

const ofOwn = (planner: Planner): Omit<Plan, "messages" | "changes"> => ({
  spendsBaseUnits: 0n,
  operatorAddress: planner.ownOperatorAddress,
  proposalId: null,
  amountBaseUnits: null,
});

/** Releases the wallet's own validator from jail. */
export async function planUnjail(
  ctx: ServiceCtx & { readonly organizationId: string },
  planner: Planner,
): Promise<Plan> {
  const [own, status, node] = await Promise.all([
    requireOwnValidator(planner),
    planner.chain.status(FRESH),
    ownNodeOf(ctx, planner),
  ]);
  const facts = unjailFactsOf(own, { chainNow: new Date(status.latestBlockAt), node });
  const refusal = refuseUnjail(facts, planner.show);
  if (refusal) throw refusal;
  return {
    ...ofOwn(planner),
    messages: [unjailMessage({ operatorAddress: planner.ownOperatorAddress })],
    changes: [{ label: "Validator", unit: "text", before: "jailed", after: "released" }],
  };
}

const PROFILE = [
  ["validatorName", "moniker", "Name"],
  ["identity", "identity", "Identity"],
  ["website", "website", "Website"],
  ["securityContact", "securityContact", "Security contact"],
  ["description", "details", "Details"],
] as const;

/** The fields of a profile that differ from the chain's: only those are sent, the rest is told to stay. */
export function changedProfile(
  current: ChainValidator["description"],
  asked: Omit<Asked<"edit_profile">, "kind">,
): readonly {
  readonly field: (typeof PROFILE)[number][1];
  readonly label: string;
  readonly before: string;
  readonly after: string;
}[] {
  return PROFILE.flatMap(([name, field, label]) => {
    const after = asked[name];
    return after === undefined || after === current[field] ? [] : [{ field, label, before: current[field], after }];
  });
}

/** Changes what the chain shows of the wallet's own validator. */
export async function planEditProfile(
  planner: Planner,
  { kind: _kind, ...asked }: Asked<"edit_profile">,
): Promise<Plan> {
  const { validator } = await requireOwnValidator(planner);
  const changed = changedProfile(validator.description, asked);
  if (changed.length === 0) throw nothingChanges();
  const shown = (text: string) => (text === "" ? "empty" : text);
  return {
    ...ofOwn(planner),
    messages: [
      editValidatorMessage({
        operatorAddress: planner.ownOperatorAddress,
        description: Object.fromEntries(changed.map(({ field, after }) => [field, after])),
      }),
    ],
    changes: changed.map(({ label, before, after }) => ({
      label,
      unit: "text" as const,
      before: shown(before),
      after: shown(after),
    })),
  };
}

const DAY_MS = 86_400_000;
/** When the chain takes the next change of the rate: a day after the last one. */
export const commissionChangeableAt = (validator: ChainValidator): string =>
  new Date(Date.parse(validator.commissionUpdatedAt) + DAY_MS).toISOString();

/** Changes the commission of the wallet's own validator, by the chain's rules for it. */
export async function planEditCommission(
  planner: Planner,
  { commissionRate }: Asked<"edit_commission">,
): Promise<Plan> {
  const [{ validator }, status, params] = await Promise.all([
    requireOwnValidator(planner),
    planner.chain.status(FRESH),
    planner.chain.stakingParams(FRESH),
  ]);
  const before = validator.commissionRate;
  if (compareDec(before, commissionRate) === 0) throw nothingChanges();
  const rates = {
    rate: before,
    maxRate: validator.commissionMaxRate,
    maxChangeRate: validator.commissionMaxChangeRate,
    updatedAt: validator.commissionUpdatedAt,
  };
  const chain = { minCommissionRate: params.minCommissionRate, now: new Date(status.latestBlockAt) };
  const refusal = refuseCommissionChange(rates, commissionRate, chain);
  if (refusal) {
    const changeableAt = commissionChangeableAt(validator);
    const percent = (rate: string) => `${decToPercent(rate)} %`;
    const sentences: Partial<Record<typeof refusal, string>> = {
      changed_within_a_day: `The chain takes one change of the commission in 24 hours. The last was at ${validator.commissionUpdatedAt}; the next is possible from ${changeableAt} on.`,
      change_above_max_change: `The commission is ${percent(before)} and may rise by ${percent(rates.maxChangeRate)} at a time, which was fixed at the validator's creation. Ask for less.`,
      rate_above_max_rate: `The validator was created with a commission of at most ${percent(rates.maxRate)}. Ask for that or less.`,
      rate_below_chain_minimum: `The chain asks for a commission of at least ${percent(params.minCommissionRate)}.`,
    };
    throw commissionRefused(refusal, sentences[refusal] ?? "The chain would refuse this commission.", { changeableAt });
  }
  return {
    ...ofOwn(planner),
    messages: [editValidatorMessage({ operatorAddress: planner.ownOperatorAddress, commissionRate })],
    changes: [{ label: "Commission", unit: "rate", before, after: commissionRate }],
  };
}
