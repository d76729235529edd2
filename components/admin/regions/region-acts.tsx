"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { Button } from "@/components/ui/button";
import type { Region } from "@/server/domains/regions/schemas";

type Act = "maintenance" | "active";

const WORDS = {
  maintenance: {
    button: "Set to maintenance",
    act: (name: string) => `Set ${name} to maintenance`,
    effects: [
      "No new node goes there; the wizard says why within ten seconds.",
      "Nodes and slots that are there stay as they are, and can be given back.",
    ],
    duration: "At once, until somebody sets it active.",
    wayBack: "Set the region active.",
  },
  active: {
    button: "Set active",
    act: (name: string) => `Set ${name} active`,
    effects: ["New nodes may go there again, as far as it has free slots and accepts new ones."],
    duration: "At once.",
    wayBack: "Set the region to maintenance.",
  },
} as const;

/** Takes the region off the offer and puts it back, behind what that means. */
export function RegionActs({ region }: { region: Region }) {
  const client = useTRPCClient();
  const [open, setOpen] = useState<Act>();
  const act = useAct(
    (status: Act) => client.regions.updateRegion.mutate({ regionCode: region.code, status }),
    () => setOpen(undefined),
  );
  if (region.status === "coming_soon") return null;
  const offered: Act = region.status === "active" ? "maintenance" : "active";
  const words = WORDS[offered];
  return (
    <>
      <Button onClick={() => setOpen(offered)}>{words.button}</Button>
      <DangerSheet
        open={open !== undefined}
        onOpenChange={(next) => {
          act.forget();
          setOpen(next ? offered : undefined);
        }}
        act={words.act(region.displayName)}
        tone="weighty"
        effects={words.effects}
        duration={words.duration}
        cost="Nothing."
        wayBack={words.wayBack}
        isBusy={act.isBusy}
        error={act.error}
        onConfirm={() => void act.run(offered)}
      />
    </>
  );
}
