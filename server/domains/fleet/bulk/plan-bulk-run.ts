import { bondedStakeOf, chainStatusOf } from "@/server/domains/chain";
import { organizationNames } from "@/server/domains/identity";
import { type FleetMember, listFleet } from "@/server/domains/validators";
import { actingFor, type ServiceCtx } from "@/server/kernel/context";
import { defineFlow } from "@/server/kernel/verbs";
import { type BulkAct, confirmationOf, MAX_ROWS } from "../constants";
import { nothingSelected, tooManyRows } from "../errors";
import { BulkPlan, PlanBulkRunInput, type PlannedRow } from "../schemas";
import { refusalOf } from "./act-on-node";
import { fitsShare, percentOf } from "./power-share";
import { mayBeInSet, type Price, priceOf, takesAway } from "./price";

export type PlatformCtx = ServiceCtx & { readonly organizationId: null };

const WOULD: Record<BulkAct, string> = {
  stop: "Its node would be stopped.",
  start: "Its node would be started.",
  redeploy: "Its node would be replaced; key and sign state stay.",
  hold: "Its node would be held back: nobody could start or replace it.",
  release: "Its node could be started again.",
};
/** A plan is made before there is a reason, and all that it does is taken back. */
const NO_REASON_YET = "A plan.";

/** The stake that is away while the act is done; null where none is. What was not read is no number: it may be any. */
export function powerOf(
  act: BulkAct,
  { setupRequest: { standing } }: Pick<FleetMember, "setupRequest">,
): bigint | "unknown" | null {
  if (!takesAway(act) || !mayBeInSet(standing)) return null;
  return standing.tokensBaseUnits === null ? "unknown" : BigInt(standing.tokensBaseUnits);
}

/** What the act costs each validator, by the block time of its network. */
export async function pricesOf(
  ctx: PlatformCtx,
  act: BulkAct,
  members: readonly FleetMember[],
): Promise<ReadonlyMap<string, Price | null>> {
  const blockMs = new Map<string, number | null>();
  for (const networkId of new Set(members.map(({ setupRequest }) => setupRequest.networkId))) {
    blockMs.set(networkId, (await chainStatusOf(ctx.db, networkId)).averageBlockMs);
  }
  return new Map(
    members.map(({ setupRequest: { id, networkId, standing } }) => [
      id,
      priceOf(act, { standing, averageBlockMs: blockMs.get(networkId) ?? null }),
    ]),
  );
}

export const wouldBeJailed = (price: Price) => ({
  code: "fleet.would_be_jailed",
  message: `${price.sentence} Allow jail for this run, or leave it out.`,
});

/** The validators that are meant. @throws limit_exceeded fleet.too_many_nodes, invalid fleet.nothing_selected */
async function select(ctx: PlatformCtx, input: PlanBulkRunInput): Promise<readonly FleetMember[]> {
  const filter = input.setupRequestIds === undefined ? (input.filter ?? {}) : { ids: input.setupRequestIds };
  const { items, nextCursor } = await listFleet(ctx.db, filter, { limit: MAX_ROWS, cursor: undefined }, ctx.now());
  if (nextCursor !== null) throw tooManyRows(MAX_ROWS);
  if (items.length === 0) throw nothingSelected();
  return items;
}

/** Every validator that is meant with what would happen to it, in the order in which they would be taken. */
export async function planRows(ctx: PlatformCtx, input: PlanBulkRunInput): Promise<readonly PlannedRow[]> {
  const { act, mayJail, maxPowerPercent } = input;
  const members = await select(ctx, input);
  const bonded = await bondedStakeOf(ctx.db, [...new Set(members.map(({ setupRequest }) => setupRequest.networkId))]);
  const names = await organizationNames(
    ctx.db,
    members.map(({ organizationId }) => organizationId),
  );
  const prices = await pricesOf(ctx, act, members);
  /** Stopped nodes stay away, so that the share of a stop is that of all before it. */
  const stopped = new Map<string, bigint>();
  const rows: PlannedRow[] = [];
  for (const member of members) {
    const { setupRequest, node, organizationId } = member;
    const { networkId } = setupRequest;
    const power = powerOf(act, member);
    const whole = { bonded: bonded.get(networkId), maxPercent: maxPowerPercent };
    const away = act === "stop" ? (stopped.get(networkId) ?? 0n) : 0n;
    const price = prices.get(setupRequest.id) ?? null;
    const refusal =
      (await refusalOf(ctx, { act, setupRequestId: setupRequest.id, reason: NO_REASON_YET })) ??
      (price?.isJailing === true && !mayJail ? wouldBeJailed(price) : null) ??
      powerRefusal(power, away, whole);
    const known = typeof power === "bigint" ? power : null;
    if (refusal === null && known !== null) stopped.set(networkId, away + known);
    rows.push({
      setupRequestId: setupRequest.id,
      nodeId: node?.id ?? null,
      organizationId,
      organizationName: names.get(organizationId) ?? null,
      networkId,
      validatorName: setupRequest.validatorName,
      powerBaseUnits: known?.toString() ?? null,
      powerPercent: known === null ? null : percentOf(known, whole.bonded),
      price: price?.sentence ?? null,
      refusal: refusal?.code ?? null,
      sentence: refusal?.message ?? WOULD[act],
    });
  }
  return rows;
}

/** Why the stake may not be away beside what is away already. */
function powerRefusal(
  power: ReturnType<typeof powerOf>,
  away: bigint,
  whole: { readonly bonded: bigint | undefined; readonly maxPercent: number },
): { readonly code: string; readonly message: string } | null {
  if (power === null) return null;
  if (power === "unknown" || whole.bonded === undefined) {
    const what = power === "unknown" ? "Its stake" : "The network's voting power";
    return { code: "fleet.power_unknown", message: `${what} is not recorded, so its share is not known.` };
  }
  if (fitsShare(power, away, whole)) return null;
  return {
    code: "fleet.too_much_power",
    message: `With it more than ${whole.maxPercent} % of the network's voting power would be away. Allow more, or do it in parts.`,
  };
}

export function planOf(act: BulkAct, rows: readonly PlannedRow[]): BulkPlan {
  const allowed = rows.filter(({ refusal }) => refusal === null).length;
  return { act, rows: [...rows], allowed, refused: rows.length - allowed, confirmation: confirmationOf(act, allowed) };
}

/**
 * What a bulk run would do to each node and why some are refused: each act is done by its own verb and taken back. Nothing is changed.
 * @throws limit_exceeded fleet.too_many_nodes, invalid fleet.nothing_selected
 */
export const planBulkRun = defineFlow()({
  verb: "fleet.plan-bulk-run",
  scope: "platform:write",
  tenancy: "platform",
  input: PlanBulkRunInput,
  output: BulkPlan,
  run: async (ctx, input): Promise<BulkPlan> => planOf(input.act, await planRows(actingFor(ctx, null), input)),
});
