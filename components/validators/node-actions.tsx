"use client";

import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { useActInAddress } from "@/components/data/use-act-in-address";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { usePaletteCommands } from "@/components/layout/command-palette";
import { Button } from "@/components/ui/button";
import type { MissBudget } from "@/server/domains/chain/mirror/schemas";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import { canRedeploy, canStart } from "@/server/domains/validators/states";
import { type Act, actPrice, type StakeDenom } from "./miss-price";

type Sheet = {
  readonly word: string;
  readonly button: string;
  readonly effects: readonly string[];
  readonly duration: string;
  readonly wayBack: string;
  readonly tone: "danger" | "weighty";
};

const SHEETS: Record<Act, Sheet> = {
  stop: {
    word: "Stop node of",
    button: "Stop",
    effects: [
      "The node ends and signs nothing from then on.",
      "Its volume with key and sign state stays.",
      "Its last sign state is recorded as the lower bound for the next start.",
    ],
    duration: "Up to a minute; stopped until you start it again.",
    wayBack: "Start the node. It signs again once it is in sync.",
    tone: "danger",
  },
  start: {
    word: "Start node of",
    button: "Start",
    effects: [
      "The volume's sign state is compared with the highest one ever seen; an older one keeps the node down.",
      "The node starts and catches up.",
      "It keeps a record of what it has signed and signs nothing against it. Where it sees a signature of its own in the last ten blocks, it waits until they have passed.",
    ],
    duration: "Under a minute on a short chain.",
    wayBack: "Stop the node again.",
    tone: "weighty",
  },
  redeploy: {
    word: "Redeploy node of",
    button: "Redeploy",
    effects: [
      "The node ends.",
      "It is removed and made anew on the same volume: key and sign state stay.",
      "Its sign state is checked before it may start.",
      "It starts and catches up.",
    ],
    duration: "One to two minutes.",
    wayBack: "None is needed: the key is the same before and after.",
    tone: "danger",
  },
  terminate: {
    word: "Remove node of",
    button: "Remove node",
    effects: [
      "The node is stopped and removed from its host; its slot in the region is given back.",
      "Its volume with the consensus key and its sign state is kept.",
      "The validator stays in your list as a record.",
    ],
    duration: "Up to two minutes.",
    wayBack: "None: a removed node is not started again. Another validator gets a node and a key of its own.",
    tone: "danger",
  },
};

const WHEN_UP: readonly Act[] = ["stop", "redeploy"];
const WHEN_DOWN: readonly Act[] = ["start", "redeploy"];
const OVER_UP: readonly Act[] = ["stop", "terminate"];
const OVER_DOWN: readonly Act[] = ["terminate"];
const NONE: readonly Act[] = [];

/** What could be done to a node in this state if nothing else were at work on it; one that can never sign again is not started. */
function actsOf(status: NodeView["status"] | undefined, standing: ValidatorStanding["state"]): readonly Act[] {
  const idle = status === undefined ? undefined : { status, operation: null };
  if (idle === undefined || !canRedeploy(idle)) return NONE;
  if (standing === "gone" || standing === "tombstoned") return canStart(idle) ? OVER_DOWN : OVER_UP;
  return canStart(idle) ? WHEN_DOWN : WHEN_UP;
}

/** Stop, start and redeploy with what will happen; what is not possible now is not offered. The palette offers the same. */
export function NodeActions({
  setup,
  node,
  budget,
  denom,
}: {
  setup: SetupRequestView;
  node: NodeView | null;
  budget: MissBudget | null;
  denom: StakeDenom;
}) {
  const trpc = useTRPC();
  const [wanted, setOpen] = useActInAddress<Act>(["stop", "start", "redeploy", "terminate"]);
  const done = { onSuccess: () => setOpen(undefined) };
  const mutations = {
    stop: useMutation(trpc.validators.stopNode.mutationOptions(done)),
    start: useMutation(trpc.validators.startNode.mutationOptions(done)),
    redeploy: useMutation(trpc.validators.redeployNode.mutationOptions(done)),
    terminate: useMutation(trpc.validators.terminateNode.mutationOptions(done)),
  };
  const isBusy = node?.operation != null;
  const acts = actsOf(node?.status, setup.standing.state);
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
          kind={act === "start" ? "primary" : act === "terminate" ? "dangerQuiet" : "secondary"}
          disabled={isBusy}
          onClick={() => setOpen(act)}
        >
          {SHEETS[act].button}
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
          cost={actPrice(open, setup.standing, budget, denom)}
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
