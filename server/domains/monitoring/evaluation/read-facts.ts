import { countRecentMisses, countRecentSlashes, getChainStatus, listNetworks } from "@/server/domains/chain";
import { listRegionWatch } from "@/server/domains/regions";
import { countFailuresInRow, listMonitored } from "@/server/domains/validators";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { FRESH_SECONDS } from "../constants";
import type { Facts, NetworkFact } from "./facts";
import { deleteRestartSamplesBefore, listRestartSamples, upsertRestartSamples } from "./repository";
import { keepSample, type RestartSample, restartsWithin } from "./restarts";

const HOUR_MS = 3_600_000;
/** Failures of setups that are older are history. */
const FAILURES_WITHIN_HOURS = 24;

type Monitored = Awaited<ReturnType<typeof listMonitored>>;

const recordRestarts = defineChange(
  "monitoring.record-restarts",
  async (ctx: CommandCtx<string | null>, rows: readonly { nodeId: string; samples: readonly RestartSample[] }[]) => {
    for (const row of rows) await upsertRestartSamples(ctx.tx, { ...row, updatedAt: ctx.now });
    await deleteRestartSamplesBefore(ctx.tx, new Date(ctx.now.getTime() - 2 * HOUR_MS));
  },
  { telemetry: true },
);

/** Restarts of each node within the last hour; each look adds to what the next one knows. */
async function readRestarts(ctx: ServiceCtx, monitored: Monitored): Promise<ReadonlyMap<string, number | null>> {
  const nodes = monitored.flatMap(({ node }) => (node ? [node] : []));
  const rows = await listRestartSamples(
    ctx.db,
    nodes.map(({ id }) => id),
  );
  const kept = new Map(rows.map(({ nodeId, samples }) => [nodeId, samples]));
  const now = ctx.now();
  const changed: { nodeId: string; samples: readonly RestartSample[] }[] = [];
  const found = new Map<string, number | null>();
  for (const { id, restartCount } of nodes) {
    const before = kept.get(id) ?? [];
    const samples = restartCount === null ? before : keepSample(before, restartCount, now);
    if (samples.at(-1) !== before.at(-1)) changed.push({ nodeId: id, samples });
    found.set(id, restartsWithin(samples, restartCount));
  }
  if (changed.length > 0) await recordRestarts(ctx, changed);
  return found;
}

async function readNetworks(ctx: ServiceCtx): Promise<readonly NetworkFact[]> {
  const now = ctx.now().getTime();
  const networks = await listNetworks(ctx, { status: "active" });
  return Promise.all(
    networks.map(async ({ id, chainId, displayName, kind }) => {
      const { endpoints, tipAt } = await getChainStatus(ctx, { networkId: id });
      const rpc = endpoints.filter((endpoint) => endpoint.kind === "rpc");
      const looked = rpc.filter(
        ({ checkedAt }) => checkedAt !== null && now - Date.parse(checkedAt) <= FRESH_SECONDS * 1_000,
      );
      const countOf = (state: string) => looked.filter((endpoint) => endpoint.state === state).length;
      return {
        networkId: id,
        chainId,
        name: displayName,
        kind,
        tipAt: tipAt === null ? null : new Date(tipAt),
        rpc:
          looked.length === 0
            ? null
            : {
                answering: countOf("healthy"),
                silent: countOf("failing"),
                quarantined: rpc.filter(({ state }) => state === "quarantined").length,
              },
      };
    }),
  );
}

/** All that the rules are about, read once; a read that fails is no fact, and takes the whole look back. */
export async function readFacts(ctx: ServiceCtx): Promise<Facts> {
  const monitored = await listMonitored(ctx);
  const [networks, failures, restarts, regions] = await Promise.all([
    readNetworks(ctx),
    countFailuresInRow(ctx, FAILURES_WITHIN_HOURS),
    readRestarts(ctx, monitored),
    listRegionWatch(ctx.db),
  ]);
  const since = new Date(ctx.now().getTime() - HOUR_MS);
  const misses = new Map<string, number>();
  const slashes = new Map<string, number>();
  for (const networkId of new Set(monitored.map(({ setup }) => setup.networkId))) {
    const addresses = monitored.flatMap(({ setup }) =>
      setup.networkId === networkId && setup.consensusAddress !== null ? [setup.consensusAddress] : [],
    );
    for (const [address, { missed }] of await countRecentMisses(ctx.db, networkId, addresses, since)) {
      misses.set(`${networkId} ${address}`, missed);
    }
    for (const [operator, count] of await countRecentSlashes(ctx.db, networkId, since)) {
      slashes.set(`${networkId} ${operator}`, count);
    }
  }
  return {
    networks,
    organizations: failures,
    regions,
    validators: monitored.map(({ organizationId, setup, setupBeganAt, node }) => ({
      organizationId,
      setupRequestId: setup.id,
      name: setup.validatorName,
      networkId: setup.networkId,
      regionCode: setup.regionCode,
      standing: setup.standing,
      setupBeganAt,
      missedLastHour: misses.get(`${setup.networkId} ${setup.consensusAddress}`) ?? null,
      slashesLastHour: slashes.get(`${setup.networkId} ${setup.operatorAddress}`) ?? 0,
      node: node && { ...node, restartsLastHour: restarts.get(node.id) ?? null },
    })),
  };
}
