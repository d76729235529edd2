"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { Button } from "@/components/ui/button";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import { type NodeAct, nodeActWords, offeredActs } from "./node-act-words";

type NodeActsProps = {
  node: NodeView;
  name: string;
  /** How the validator stands that signs with this node. */
  standing: ValidatorStanding;
};

/** Stop, start, redeploy and terminate, each behind what will happen. */
export function NodeActs({ node, name, standing }: NodeActsProps) {
  const client = useTRPCClient();
  const [open, setOpen] = useState<NodeAct>();
  const act = useAct(
    (operation: NodeAct) => client.validators.admin[`${operation}Node`].mutate({ nodeId: node.id }),
    () => setOpen(undefined),
  );
  const { acts, whyNone } = offeredActs(node);
  if (whyNone) return <p className="max-w-80 text-sm text-ink-muted">{whyNone}</p>;
  return (
    <>
      {acts.map((operation) => {
        const { button, ...words } = nodeActWords(operation, name, standing);
        return (
          <span key={operation}>
            <Button kind={operation === "terminate" ? "dangerQuiet" : "secondary"} onClick={() => setOpen(operation)}>
              {button}
            </Button>
            <DangerSheet
              {...words}
              open={open === operation}
              onOpenChange={(next) => {
                act.forget();
                setOpen(next ? operation : undefined);
              }}
              isBusy={act.isBusy}
              error={act.error}
              onConfirm={() => void act.run(operation)}
            />
          </span>
        );
      })}
    </>
  );
}
