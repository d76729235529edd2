import type { ServiceCtx } from "@/server/kernel/context";
import { pagesById } from "@/server/kernel/pages-by-id";
import { listNodesOf } from "../nodes/repository";
import { readViewsOf } from "./read-views";
import { listSetupsWatched, readOutcomes } from "./repository";
import type { SetupRequestView } from "./schemas";

/** A request that is watched, with what was measured of its node. */
export type MonitoredSetup = {
  readonly organizationId: string;
  readonly setup: SetupRequestView;
  /** Since when its node is being made; null when it is not. */
  readonly setupBeganAt: Date | null;
  readonly node: {
    readonly id: string;
    readonly lagBlocks: number | null;
    readonly heightBlocks: bigint | null;
    readonly peerCount: number | null;
    readonly restartCount: number | null;
    /** Of what the node may use. */
    readonly cpuPercent: number | null;
    readonly memoryPercent: number | null;
  } | null;
};

const PAGE = 200;

/** Every request of every organisation that has a validator or is on its way to one, as it stands now. */
export async function listMonitored({ db, now }: Pick<ServiceCtx, "db" | "now">): Promise<readonly MonitoredSetup[]> {
  const found: MonitoredSetup[] = [];
  for await (const setups of pagesById(PAGE, (afterId) => listSetupsWatched(db, afterId, PAGE))) {
    const views = await readViewsOf(db, setups, now());
    const nodes = new Map(
      (
        await listNodesOf(
          db,
          setups.map(({ id }) => id),
        )
      ).map((node) => [node.setupRequestId, node]),
    );
    for (const [place, row] of setups.entries()) {
      const view = views[place];
      if (view === undefined) continue;
      const node = nodes.get(row.id);
      const share = (used: number | null, of: number) => (used === null || of <= 0 ? null : used / of);
      found.push({
        organizationId: row.organizationId,
        setup: view.setupRequest,
        setupBeganAt: row.provisioningStartedAt,
        node: node
          ? {
              id: node.id,
              lagBlocks: node.lagBlocks,
              heightBlocks: node.lastBlockHeight,
              peerCount: node.peerCount,
              restartCount: node.restartCount,
              // Measured in percent of one core.
              cpuPercent: share(node.cpuPercent, node.cpuMillicores / 1_000),
              memoryPercent: share(node.memoryUsedBytes, node.memoryBytes / 100),
            }
          : null,
      });
    }
  }
  return found;
}

/** How many of each organisation's newest setups failed, one after the other; organisations without a failure at the end are left out. */
export async function countFailuresInRow(
  { db, now }: Pick<ServiceCtx, "db" | "now">,
  withinHours: number,
): Promise<readonly { readonly organizationId: string; readonly failedInRow: number }[]> {
  const outcomes = await readOutcomes(db, new Date(now().getTime() - withinHours * 3_600_000));
  const inRow = new Map<string, { failed: number; isOver: boolean }>();
  for (const { organizationId, status } of outcomes) {
    const seen = inRow.get(organizationId) ?? { failed: 0, isOver: false };
    if (seen.isOver) continue;
    inRow.set(organizationId, status === "failed" ? { ...seen, failed: seen.failed + 1 } : { ...seen, isOver: true });
  }
  return [...inRow].map(([organizationId, { failed }]) => ({ organizationId, failedInRow: failed }));
}
