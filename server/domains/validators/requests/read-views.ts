import type { Executor } from "@/db/client";
import { chainIdsByNetwork, listValidatorFacts } from "@/server/domains/chain";
import { listMachinesOfSetups } from "../local/repository";
import type { LocalMachine } from "../local/schemas";
import { asNode, toMachine } from "../local/to-machine";
import { findVolumes, listNodesOf, type NodeRow } from "../nodes/repository";
import type { NodeView } from "../nodes/schemas";
import { hasBeenOnChain } from "../states";
import { chainRefOf } from "./missed-by-chain";
import type { SetupRow } from "./repository";
import type { SetupRequestView } from "./schemas";
import { toNodeView, toSetupView } from "./to-view";

type Pair = { readonly setup: SetupRow; readonly node: NodeRow | undefined };
type Viewed = {
  readonly setupRequest: SetupRequestView;
  readonly node: NodeView | null;
  readonly machine: LocalMachine | null;
};

/** What is recorded of the chain of those that it has or had, by request. */
async function readChainFacts(db: Executor, pairs: readonly Pair[]) {
  const onChain = pairs.filter(({ setup }) => hasBeenOnChain(setup.status));
  const facts = await listValidatorFacts(
    db,
    onChain.map(({ setup }) => chainRefOf(setup)),
  );
  return new Map(onChain.map(({ setup }, place) => [setup.id, facts[place] ?? null]));
}

/** Requests and their nodes as callers see them, with how each stands; in their order. */
export async function readViews(db: Executor, pairs: readonly Pair[], now: Date): Promise<Viewed[]> {
  const chainOf = await readChainFacts(db, pairs);
  const volumeIds = pairs.flatMap(({ node }) => node?.volumeId ?? []);
  const volumes = new Map((await findVolumes(db, volumeIds)).map((volume) => [volume.id, volume]));
  const local = pairs.filter(({ setup }) => setup.runMode === "local").map(({ setup }) => setup.id);
  // The one heard of last comes first, and the last of each request to be set is kept.
  const machines = new Map((await listMachinesOfSetups(db, local)).reverse().map((row) => [row.setupRequestId, row]));
  const chainIds = machines.size === 0 ? new Map<string, string>() : await chainIdsByNetwork(db);
  return pairs.map(({ setup, node }) => {
    const machine = machines.get(setup.id);
    const own = machine && asNode(machine, now, chainIds);
    return {
      setupRequest: toSetupView(setup, node, { chain: chainOf.get(setup.id) ?? null, now, ...(own ? { own } : {}) }),
      node: node ? toNodeView(node, volumes.get(node.volumeId)) : null,
      machine: machine ? toMachine(machine, now, chainIds) : null,
    };
  });
}

/** The same of requests alone: each with its newest node. */
export async function readViewsOf(db: Executor, setups: readonly SetupRow[], now: Date): Promise<Viewed[]> {
  const nodes = await listNodesOf(
    db,
    setups.map(({ id }) => id),
  );
  const nodeOf = new Map(nodes.map((node) => [node.setupRequestId, node]));
  return readViews(
    db,
    setups.map((setup) => ({ setup, node: nodeOf.get(setup.id) })),
    now,
  );
}
