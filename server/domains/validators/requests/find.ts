import { type Actor, hasScope } from "@/server/kernel/context";
import { FindInput, type FoundItem, FoundList, MAX_FOUND } from "@/server/kernel/find";
import { defineQuery } from "@/server/kernel/verbs";
import { listNodesOf, type NodeRow } from "../nodes/repository";
import type { ValidatorStanding } from "../schemas";
import { canCancel, canRedeploy, canStart, canStop, hasBeenOnChain, maySign } from "../states";
import { readViews } from "./read-views";
import { findSetupsByWords, type SetupRow } from "./repository";

type Found = {
  readonly setup: SetupRow;
  readonly node: NodeRow | undefined;
  readonly standing: ValidatorStanding | undefined;
};

/** In the words of the closed lists: "Jailed, node synced". */
function standingWords({ setup, standing }: Found): string {
  if (!standing || !hasBeenOnChain(setup.status)) return setup.statusMessage;
  const state = standing.state.replaceAll("_", " ");
  return `${state.charAt(0).toUpperCase()}${state.slice(1)}, node ${standing.nodeState.replaceAll("_", " ")}`;
}

/** Acts whose sheet the page opens when its address names them. */
function actsOf({ setup, node }: Found): FoundItem["acts"] {
  const page = `/validators/${setup.id}`;
  const name = setup.validatorName;
  const offered = [
    { isOffered: maySign(setup.status), label: `Sign for ${name}`, href: `${page}/setup` },
    { isOffered: canCancel(setup.status), label: `Cancel setup of ${name}`, href: `${page}/setup?act=cancel` },
    ...(setup.status === "active" && node
      ? [
          { isOffered: canStop(node) && !canStart(node), label: `Stop node of ${name}`, href: `${page}?act=stop` },
          { isOffered: canStart(node), label: `Start node of ${name}`, href: `${page}?act=start` },
          { isOffered: canRedeploy(node), label: `Redeploy node of ${name}`, href: `${page}?act=redeploy` },
          { isOffered: true, label: `Read the log of ${name}`, href: `${page}?tab=log` },
        ]
      : []),
  ];
  return offered.flatMap(({ isOffered, ...act }) => (isOffered ? [act] : []));
}

const copiesOf = ({ setup, node }: Found): FoundItem["copies"] => {
  const values: readonly (readonly [string, string | null | undefined])[] = [
    ["operator address", setup.operatorAddress],
    ["wallet address", setup.walletAddress],
    ["consensus public key", setup.consensusPubkey],
    ["transaction hash", setup.chainTxHash],
    ["peer address", node?.p2pNodeId && node.p2pAddress ? `${node.p2pNodeId}@${node.p2pAddress}` : null],
    ["id", setup.id],
    ["node id", node?.id],
  ];
  return values.flatMap(([label, value]) => (value ? [{ label: `Copy ${label}`, value }] : []));
};

function inOrganization(found: Found, words: string, actor: Actor): FoundItem {
  const { setup, node } = found;
  const isNode = node !== undefined && words.startsWith("node_");
  const isActive = setup.status === "active";
  const isOnChain = hasBeenOnChain(setup.status);
  return {
    id: setup.id,
    kind: isNode ? "node" : isOnChain ? "validator" : "setup",
    title: isNode ? `Node of ${setup.validatorName}` : setup.validatorName,
    detail: standingWords(found),
    href: isActive ? `/validators/${setup.id}${isNode ? "?tab=node" : ""}` : `/validators/${setup.id}/setup`,
    acts: hasScope(actor, "validators:write") ? actsOf(found) : [],
    copies: copiesOf(found),
  };
}

function forOperators(found: Found, words: string): FoundItem {
  const { setup, node } = found;
  const isNode = node !== undefined && words.startsWith("node_");
  const nodePage = node ? `/admin/nodes/${node.id}` : null;
  const requestPage = `/admin/setup-requests/${setup.id}`;
  return {
    id: `admin ${setup.id}`,
    kind: isNode ? "node" : "setup",
    title: isNode ? `Node of ${setup.validatorName}` : setup.validatorName,
    detail: `Organisation ${setup.organizationId}`,
    href: isNode && nodePage ? nodePage : requestPage,
    acts: [
      { label: `Open the request of ${setup.validatorName}`, href: requestPage },
      ...(nodePage ? [{ label: `Open the node of ${setup.validatorName}`, href: nodePage }] : []),
    ],
    copies: copiesOf(found),
  };
}

/** Validators, setups and nodes by name, id, address, key or transaction hash: the organisation's, or everybody's for operators. */
export const find = defineQuery({
  verb: "validators.find",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: FindInput,
  output: FoundList,
  run: async (ctx, { words }): Promise<FoundList> => {
    const setups = await findSetupsByWords(ctx.db, ctx.organizationId, words, MAX_FOUND);
    const nodes = await listNodesOf(
      ctx.db,
      setups.map(({ id }) => id),
    );
    const nodeOf = new Map(nodes.map((node) => [node.setupRequestId, node]));
    const views = await readViews(
      ctx.db,
      setups.map((setup) => ({ setup, node: nodeOf.get(setup.id) })),
      ctx.now,
    );
    const found = setups.map((setup, place) => ({
      setup,
      node: nodeOf.get(setup.id),
      standing: views[place]?.setupRequest.standing,
    }));
    return {
      items: found.map((one) =>
        ctx.organizationId === null ? forOperators(one, words) : inOrganization(one, words, ctx.actor),
      ),
    };
  },
});
