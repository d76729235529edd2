import type { Executor } from "@/db/client";
import { bondedStakeOf } from "@/server/domains/chain";
import { listFleet, listNodeOperations } from "@/server/domains/validators";
import type { CommandCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import { move } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import { MAX_ROWS } from "../constants";
import { noRoom, overtaken } from "../errors";
import { bulkRowMachine, bulkRunMachine } from "../machines";
import {
  type BulkRowRow,
  countRows,
  findRun,
  listRowsOf,
  lockPowerOf,
  lockRow,
  lockRun,
  type RunRow,
  sumAway,
} from "../repository";
import { actOnNode, isRefusal } from "./act-on-node";
import { type PlatformCtx, powerOf, pricesOf, wouldBeJailed } from "./plan-bulk-run";
import { fitsShare } from "./power-share";
import { type Price, takesAway } from "./price";

type Asked = { readonly rowId: string; readonly bulkRunId: string; readonly generation: number };
/** The stake that it takes away, as it is now; null where none is. */
type Asking = Asked & { readonly powerBaseUnits: bigint | null };
type Refused = Asked & { readonly refusal: { readonly code: string; readonly message: string } };

/** The run and its row under their locks, as long as both still want this. @throws conflict fleet.superseded */
async function lockBoth(ctx: CommandCtx<null>, { rowId, bulkRunId, generation }: Asked) {
  const run = await lockRun(ctx.tx, bulkRunId);
  const row = run && (await lockRow(ctx.tx, rowId));
  if (run?.status !== "running" || run.generation !== generation || row?.status !== "waiting") throw overtaken();
  return { run, row };
}

const refuse = (ctx: CommandCtx<null>, row: BulkRowRow, { code, message }: Refused["refusal"]) =>
  move(ctx, bulkRowMachine, row, "refused", { reason: code, patch: { sentence: message, endedAt: ctx.now } });

const refuseRow = defineChange("fleet.refuse-bulk-row", async (ctx: CommandCtx<null>, input: Refused) => {
  const { row } = await lockBoth(ctx, input);
  await refuse(ctx, row, input.refusal);
});

/** What is away, by network. */
const awayOf = async (db: Executor, bulkRunId: string, networkIds: readonly string[]) =>
  new Map((await sumAway(db, bulkRunId, networkIds)).map(({ networkId, tokens }) => [networkId, BigInt(tokens)]));

/** Counted under locks, since another run, or a second process at this one, counts at the same time. @throws conflict fleet.no_room */
async function takeRoom(ctx: CommandCtx<null>, run: RunRow, row: BulkRowRow, powerBaseUnits: bigint | null) {
  const counted = await countRows(ctx.tx, [run.id]);
  if ((counted.find(({ status }) => status === "under_way")?.rows ?? 0) >= run.atOnce) throw noRoom();
  if (powerBaseUnits === null) return;
  const { networkId } = row;
  await lockPowerOf(ctx.tx, networkId);
  const away = (await awayOf(ctx.tx, run.id, [networkId])).get(networkId) ?? 0n;
  const bonded = (await bondedStakeOf(ctx.tx, [networkId])).get(networkId);
  if (!fitsShare(powerBaseUnits, away, { bonded, maxPercent: run.maxPowerPercent })) throw noRoom();
}

/**
 * Asks one node by the verb that asks one node, and notes it in the same transaction: a crash asks it wholly or not at all. The organisation's own
 * log says who wanted it and why.
 */
const askRow = defineChange("fleet.ask-bulk-row", async (ctx: CommandCtx<null>, input: Asking) => {
  const { run, row } = await lockBoth(ctx, input);
  const { powerBaseUnits } = input;
  await takeRoom(ctx, run, row, powerBaseUnits);
  try {
    const { act, reason } = run;
    const asked = await actOnNode(ctx, { act, setupRequestId: row.setupRequestId, reason });
    const at = { nodeId: asked.nodeId, sentence: asked.message, askedAt: ctx.now, powerBaseUnits };
    if (asked.generation === null) {
      await move(ctx, bulkRowMachine, row, "done", { patch: { ...at, endedAt: ctx.now } });
    } else {
      await move(ctx, bulkRowMachine, row, "under_way", { patch: { ...at, nodeGeneration: asked.generation } });
    }
    ctx.audit({
      action: "fleet.bulk_act.asked",
      targetType: "node",
      targetId: asked.nodeId,
      organizationId: row.organizationId,
      details: { act: run.act, bulkRunId: run.id, startedBy: run.startedBy, reason: run.reason },
    });
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    await refuse(ctx, row, thrown);
  }
});

type Ended = {
  readonly rowId: string;
  readonly isFailed: boolean;
  readonly reason: string | null;
  readonly sentence: string;
};

const endRow = defineChange(
  "fleet.end-bulk-row",
  async (ctx: CommandCtx<null>, { rowId, isFailed, reason, sentence }: Ended) => {
    const row = await lockRow(ctx.tx, rowId);
    if (row?.status !== "under_way") throw overtaken();
    const patch = { sentence, endedAt: ctx.now };
    if (isFailed) await move(ctx, bulkRowMachine, row, "failed", { reason, patch });
    else await move(ctx, bulkRowMachine, row, "done", { patch });
  },
);

/** Takes in what came of the nodes that were asked; answers how many are still being worked on. */
async function settleRows(ctx: PlatformCtx, run: RunRow): Promise<number> {
  const rows = await listRowsOf(ctx.db, run.id, { statuses: ["under_way"], limit: MAX_ROWS });
  const nodes = new Map(
    (
      await listNodeOperations(
        ctx.db,
        rows.flatMap(({ nodeId }) => nodeId ?? []),
      )
    ).map((node) => [node.id, node]),
  );
  let underWay = 0;
  for (const row of rows) {
    const node = nodes.get(row.nodeId ?? "");
    if (node?.generation === row.nodeGeneration && node.operation !== null) underWay += 1;
    else await endRow(ctx, { rowId: row.id, ...outcomeOf(row, node) });
  }
  return underWay;
}

type NodeState = Awaited<ReturnType<typeof listNodeOperations>>[number];

function outcomeOf(row: BulkRowRow, node: NodeState | undefined): Omit<Ended, "rowId"> {
  if (node === undefined) return { isFailed: true, reason: "fleet.node_gone", sentence: "The node is gone." };
  if (node.generation !== row.nodeGeneration) {
    return {
      isFailed: true,
      reason: "fleet.overtaken",
      sentence: "Somebody asked something else of this node before it was done.",
    };
  }
  const isFailed = node.status === "error";
  return {
    isFailed,
    reason: isFailed ? (node.statusReason ?? "fleet.node_failed") : null,
    sentence: node.statusMessage,
  };
}

/** What a node costs now and takes away now: since the plan it may have missed a good deal, joined the set, or gained stake. */
async function lookAgain(ctx: PlatformCtx, run: RunRow, rows: readonly BulkRowRow[]) {
  const found = new Map<string, { readonly price: Price | null; readonly power: ReturnType<typeof powerOf> }>();
  if (!takesAway(run.act)) return found;
  const ids = rows.map(({ setupRequestId }) => setupRequestId);
  const { items } = await listFleet(ctx.db, { ids }, { limit: MAX_ROWS, cursor: undefined }, ctx.now());
  const prices = await pricesOf(ctx, run.act, items);
  for (const item of items) {
    const { id } = item.setupRequest;
    found.set(id, { price: prices.get(id) ?? null, power: powerOf(run.act, item) });
  }
  return found;
}

/** False where it waits on. */
async function askIfThereIsRoom(ctx: PlatformCtx, asking: Asking): Promise<boolean> {
  try {
    await askRow(ctx, asking);
    return true;
  } catch (thrown) {
    if (isAppError(thrown) && thrown.code === noRoom().code) return false;
    throw thrown;
  }
}

/** Asks further nodes, as many as may be worked on at once and as the share of voting power lets; answers how many it asked. */
async function askRows(ctx: PlatformCtx, run: RunRow, underWay: number): Promise<number> {
  if (underWay >= run.atOnce) return 0;
  const waiting = await listRowsOf(ctx.db, run.id, { statuses: ["waiting"], limit: MAX_ROWS });
  if (waiting.length === 0) return 0;
  const networkIds = [...new Set(waiting.map(({ networkId }) => networkId))];
  const bonded = await bondedStakeOf(ctx.db, networkIds);
  const away = await awayOf(ctx.db, run.id, networkIds);
  const looks = await lookAgain(ctx, run, waiting);
  let asked = 0;
  for (const row of waiting) {
    if (underWay + asked >= run.atOnce) break;
    const { price = null, power = null } = looks.get(row.setupRequestId) ?? {};
    const at = { rowId: row.id, bulkRunId: run.id, generation: run.generation };
    const awayNow = away.get(row.networkId) ?? 0n;
    const whole = { bonded: bonded.get(row.networkId), maxPercent: run.maxPowerPercent };
    // It waits until others are back, or its stake is known; one of a smaller share may go before it.
    if (power === "unknown" || (power !== null && !fitsShare(power, awayNow, whole))) continue;
    if (price?.isJailing === true && !run.mayJail) {
      await refuseRow(ctx, { ...at, refusal: wouldBeJailed(price) });
      continue;
    }
    if (!(await askIfThereIsRoom(ctx, { ...at, powerBaseUnits: power }))) continue;
    asked += 1;
    away.set(row.networkId, awayNow + (power ?? 0n));
  }
  return asked;
}

/** How many nodes wait and how many are being worked on, where there are any. */
const openRows = async (db: Executor, bulkRunId: string) =>
  (await countRows(db, [bulkRunId])).filter(({ status }) => status === "waiting" || status === "under_way");

/** Ends the run once no node is left; of two processes the second finds it ended. */
const endRun = defineChange(
  "fleet.end-bulk-run",
  async (ctx: CommandCtx<null>, { bulkRunId }: { readonly bulkRunId: string }) => {
    const run = await lockRun(ctx.tx, bulkRunId);
    const open = await openRows(ctx.tx, bulkRunId);
    if (open.length > 0 || (run?.status !== "running" && run?.status !== "cancelling")) throw overtaken();
    await move(ctx, bulkRunMachine, run, run.status === "running" ? "done" : "cancelled", {
      patch: { endedAt: ctx.now },
    });
  },
);

/** One look at a bulk run: takes in what is done, asks what may be asked, ends it when nothing is left. Safe to repeat at any line. */
export async function advanceRun(
  ctx: PlatformCtx,
  { bulkRunId, generation }: { readonly bulkRunId: string; readonly generation: number },
): Promise<{ readonly isWaiting: boolean }> {
  const run = await findRun(ctx.db, bulkRunId);
  if (run === undefined || run.generation !== generation) throw overtaken();
  if (run.status === "done" || run.status === "cancelled") return { isWaiting: false };
  const underWay = await settleRows(ctx, run);
  if (run.status === "running") await askRows(ctx, run, underWay);
  const open = await openRows(ctx.db, run.id);
  if (run.status === "paused") return { isWaiting: open.some(({ status }) => status === "under_way") };
  if (open.length > 0) return { isWaiting: true };
  await endRun(ctx, { bulkRunId });
  return { isWaiting: false };
}
