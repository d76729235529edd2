"use client";

import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { useActInAddress } from "@/components/data/use-act-in-address";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { usePaletteCommands } from "@/components/layout/command-palette";
import { Button } from "@/components/ui/button";
import type { NodeView, SetupRequestView } from "@/server/domains/validators/schemas";
import { canRedeploy, canStart } from "@/server/domains/validators/states";

type Act = "stop" | "start" | "redeploy";

const SHEETS: Record<
  Act,
  {
    word: string;
    effects: readonly string[];
    duration: string;
    cost: string;
    wayBack: string;
    tone: "danger" | "weighty";
  }
> = {
  stop: {
    word: "Stop node of",
    effects: [
      "The node ends and signs nothing from then on.",
      "Its volume with key and sign state stays.",
      "Its last sign state is recorded as the lower bound for the next start.",
    ],
    duration: "Up to a minute; stopped until you start it again.",
    cost: "Every block while it is stopped is missed. Too many misses in the chain's window jail the validator and slash a small part of the stake.",
    wayBack: "Start the node. It signs again once it is in sync.",
    tone: "danger",
  },
  start: {
    word: "Start node of",
    effects: [
      "The volume's sign state is compared with the highest one ever seen; an older one keeps the node down.",
      "The node starts and catches up.",
      "It keeps a record of what it has signed and signs nothing against it. Where it sees a signature of its own in the last ten blocks, it waits until they have passed.",
    ],
    duration: "Under a minute on a short chain.",
    cost: "Nothing.",
    wayBack: "Stop the node again.",
    tone: "weighty",
  },
  redeploy: {
    word: "Redeploy node of",
    effects: [
      "The node ends.",
      "It is removed and made anew on the same volume: key and sign state stay.",
      "Its sign state is checked before it may start.",
      "It starts and catches up.",
    ],
    duration: "One to two minutes.",
    cost: "The blocks in between are missed; usually ten to thirty.",
    wayBack: "None is needed: the key is the same before and after.",
    tone: "danger",
  },
};

const WHEN_UP: readonly Act[] = ["stop", "redeploy"];
const WHEN_DOWN: readonly Act[] = ["start", "redeploy"];
const NONE: readonly Act[] = [];

/** What could be done to a node in this state if nothing else were at work on it. */
function actsOf(status: NodeView["status"] | undefined): readonly Act[] {
  const idle = status === undefined ? undefined : { status, operation: null };
  if (idle === undefined || !canRedeploy(idle)) return NONE;
  return canStart(idle) ? WHEN_DOWN : WHEN_UP;
}

/** Stop, start and redeploy with what will happen; what is not possible now is not offered. The palette offers the same. */
export function NodeActions({ setup, node }: { setup: SetupRequestView; node: NodeView | null }) {
  const trpc = useTRPC();
  const [wanted, setOpen] = useActInAddress<Act>(["stop", "start", "redeploy"]);
  const done = { onSuccess: () => setOpen(undefined) };
  const mutations = {
    stop: useMutation(trpc.validators.stopNode.mutationOptions(done)),
    start: useMutation(trpc.validators.startNode.mutationOptions(done)),
    redeploy: useMutation(trpc.validators.redeployNode.mutationOptions(done)),
  };
  const isBusy = node?.operation != null;
  const acts = actsOf(node?.status);
  // An address may name an act that is not possible any more.
  const open = wanted !== undefined && acts.includes(wanted) ? wanted : undefined;
  usePaletteCommands(
    useMemo(
      () =>
        (isBusy ? [] : acts).map((act) => ({
          id: act,
          label: `${SHEETS[act].word} ${setup.validatorName}`,
          onSelect: () => setOpen(act),
        })),
      [acts, isBusy, setup.validatorName, setOpen],
    ),
  );
  if (acts.length === 0) return null;
  const sheet = open ? SHEETS[open] : undefined;
  const mutation = open ? mutations[open] : undefined;
  return (
    <>
      {acts.map((act) => (
        <Button
          key={act}
          kind={act === "start" ? "primary" : "secondary"}
          disabled={isBusy}
          onClick={() => setOpen(act)}
        >
          {act === "stop" ? "Stop" : act === "start" ? "Start" : "Redeploy"}
        </Button>
      ))}
      {open && sheet && mutation ? (
        <DangerSheet
          open
          onOpenChange={(next) => {
            if (!next) setOpen(undefined);
          }}
          act={`${sheet.word} ${setup.validatorName}`}
          effects={sheet.effects}
          duration={sheet.duration}
          cost={sheet.cost}
          wayBack={sheet.wayBack}
          tone={sheet.tone}
          isBusy={mutation.isPending}
          error={mutation.error ? shownError(mutation.error).message : undefined}
          onConfirm={() => mutation.mutate({ setupRequestId: setup.id })}
        />
      ) : null}
    </>
  );
}
