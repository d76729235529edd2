"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { nodeJudgement, standingJudgement } from "@/components/state/judgements";
import { StandingSentence } from "@/components/state/standing-sentence-text";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { hasBeenOnChain } from "@/server/domains/validators/states";
import { NodeActs } from "./node-acts";
import type { NodeRow } from "./node-columns";
import { NodeFacts } from "./node-facts";
import { NodeFigures } from "./node-figures";
import { NodeHold } from "./node-hold";
import { NodeLog } from "./node-log";
import { nodeSentence } from "./node-sentence";

const TRAIL = [{ href: "/admin/nodes", label: "Nodes" }];

/** One node as an operator sees it: its sentence, figures with their ages, facts, log, and the acts on it. */
export function NodeDetail({ nodeId, initial }: { nodeId: string; initial: NodeRow | undefined }) {
  const trpc = useTRPC();
  const pace = useLiveRead(trpc.validators.admin.getNode.queryKey({ nodeId }));
  const read = useQuery(
    trpc.validators.admin.getNode.queryOptions({ nodeId }, { ...pace, ...(initial ? { initialData: initial } : {}) }),
  );
  return (
    <DetailRead kind="Node" id={nodeId} trail={TRAIL} subject="This node's record" read={read}>
      {({ node, setupRequest, organizationId }, stale) => (
        <DetailPage
          title={setupRequest.validatorName}
          trail={TRAIL}
          facts={
            <>
              <span className="inline-flex items-center gap-1">
                Node <AddressText value={node.id} kind="node id" />
              </span>
              <span className="inline-flex items-center gap-1">
                Organisation <AddressText value={organizationId} kind="organisation id" />
              </span>
              <Link
                href={`/admin/setup-requests/${setupRequest.id}`}
                className="text-accent underline underline-offset-4"
              >
                Setup request
              </Link>
            </>
          }
          actions={
            <>
              <NodeActs node={node} name={setupRequest.validatorName} standing={setupRequest.standing} />
              {node.status === "terminated" ? null : (
                <NodeHold setupRequestId={setupRequest.id} isHeld={node.heldAt !== null} />
              )}
            </>
          }
          // The validator's standing is the first thing to know of its node: one that is jailed is not "in sync" and well.
          sentence={
            hasBeenOnChain(setupRequest.status)
              ? {
                  ...standingJudgement(setupRequest.standing),
                  children: (
                    <>
                      <StandingSentence standing={setupRequest.standing} />
                      <span className="ml-2 inline-flex flex-wrap items-baseline gap-x-2 text-sm text-ink-muted">
                        Node: <StateBadge {...nodeJudgement(node)} /> {nodeSentence(node)}
                      </span>
                    </>
                  ),
                }
              : { ...nodeJudgement(node), children: nodeSentence(node) }
          }
          stale={stale}
        >
          {node.lastCheckError ? (
            <UpstreamDown
              upstream={`The ${node.runtime} host`}
              sentence={node.lastCheckError}
              {...(node.lastSeenAt ? { shownAt: node.lastSeenAt } : {})}
            />
          ) : null}
          <NodeFigures node={node} setupRequestId={setupRequest.id} />
          <NodeFacts node={node} setup={setupRequest} />
          <NodeLog nodeId={node.id} isGone={node.status === "terminated"} />
          <p className="text-xs text-ink-muted">
            {node.lastSeenAt ? (
              <>
                Host and node were last asked <AgeText at={node.lastSeenAt} />.
              </>
            ) : (
              "Host and node have not been asked yet."
            )}
          </p>
        </DetailPage>
      )}
    </DetailRead>
  );
}
