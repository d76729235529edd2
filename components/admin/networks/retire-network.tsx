"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { Button } from "@/components/ui/button";
import type { NetworkDraft } from "@/server/domains/chain/networks/schemas";

/** Takes the network off the offer, behind what that means; nothing where it is retired already. */
export function RetireNetwork({ networkId, record }: { networkId: string; record: NetworkDraft }) {
  const client = useTRPCClient();
  const [isOpen, setOpen] = useState(false);
  const retire = useAct(
    () => client.chain.retireNetwork.mutate({ networkId }),
    () => setOpen(false),
  );
  if (record.status === "retired") return null;
  return (
    <>
      <Button kind="dangerQuiet" onClick={() => setOpen(true)}>
        Retire network
      </Button>
      <DangerSheet
        open={isOpen}
        onOpenChange={(next) => {
          retire.forget();
          setOpen(next);
        }}
        act={`Retire ${record.displayName}`}
        effects={[
          "Nobody can sign in on it or set up a validator on it.",
          "Its blocks are no longer followed: how its validators stand is unknown from then on, also of those that still run.",
          "Nodes and keys on it are left as they are.",
        ]}
        duration="At once; until somebody sets it active again."
        cost="Nothing on the chain. Alerts about its validators fall silent with the watcher."
        wayBack="Edit its record and set it active: it is checked against the chain again, and the blocks between are read where endpoints still hold them."
        isBusy={retire.isBusy}
        error={retire.error}
        onConfirm={() => void retire.run(undefined)}
      />
    </>
  );
}
