"use client";

import { StateSentence } from "@/components/state/state-sentence";
import { StepTimeline, type TimelineStep } from "@/components/state/step-timeline";
import { Waterfall, type WaterfallRow } from "@/components/state/waterfall";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { ago } from "../sample";

const makeSteps = (): TimelineStep[] => [
  { id: "reserve", label: "Reserve a slot", state: "done", startedAt: ago(80), endedAt: ago(79.8) },
  {
    id: "place",
    label: "Choose the host",
    state: "done",
    startedAt: ago(79),
    endedAt: ago(66),
    attempt: 2,
    maxAttempts: 4,
  },
  {
    id: "volume",
    label: "Make the volume",
    state: "running",
    startedAt: ago(12),
    usualMs: 40_000,
    sentence: "The disk that holds the key and the sign state. It outlives the node.",
  },
  {
    id: "node",
    label: "Start the node",
    state: "retrying",
    startedAt: ago(30),
    attempt: 2,
    maxAttempts: 4,
    nextTryAt: ago(-14),
    sentence: "Docker did not answer within 30 s. Nothing was started.",
  },
  { id: "init", label: "Write the configuration", state: "waiting", usualMs: 4_000 },
  {
    id: "sync",
    label: "Catch up with the chain",
    state: "failed",
    startedAt: ago(90),
    endedAt: ago(30),
    attempt: 4,
    sentence: "No peer answered in four tries. Check the seeds of this network, then try again.",
    code: "runtime.no_peers",
    action: <Button size="small">Try again</Button>,
  },
  {
    id: "sign",
    label: "Sign in your wallet",
    state: "person",
    startedAt: ago(300),
    action: (
      <Button size="small" kind="primary">
        Open the signing sheet
      </Button>
    ),
  },
  { id: "gone", label: "Release the slot", state: "cancelled", startedAt: ago(30), endedAt: ago(29) },
];

const makeRows = (): WaterfallRow[] => [
  {
    id: "1",
    label: "reserve-slot",
    state: "done",
    startedAt: ago(80),
    endedAt: ago(79.6),
    attempts: [{ startedAt: ago(80), endedAt: ago(79.6), failed: false }],
  },
  {
    id: "2",
    label: "place",
    state: "done",
    startedAt: ago(79),
    endedAt: ago(50),
    attempt: 2,
    attempts: [
      { startedAt: ago(79), endedAt: ago(70), failed: true, error: "timeout" },
      { startedAt: ago(60), endedAt: ago(50), failed: false },
    ],
  },
  {
    id: "3",
    label: "make-volume-with-a-very-long-step-name-indeed",
    state: "running",
    startedAt: ago(50),
    attempts: [{ startedAt: ago(50), failed: false }],
  },
  { id: "4", label: "start-node", state: "waiting", attempts: [] },
  {
    id: "5",
    label: "wait-for-sync",
    state: "failed",
    startedAt: ago(45),
    endedAt: ago(12),
    attempt: 3,
    attempts: [
      { startedAt: ago(45), endedAt: ago(40), failed: true },
      { startedAt: ago(30), endedAt: ago(25), failed: true },
      { startedAt: ago(16), endedAt: ago(12), failed: true },
    ],
  },
];

export default function Provision() {
  return (
    <main className="mx-auto grid max-w-240 gap-6 p-6">
      <h1 className="sr-only">Sample</h1>
      <StateSentence state="moving" word="Setting up" action={<Button>Cancel set-up</Button>}>
        Making the volume; 80 s so far, usually 3 min 20 s in all.
      </StateSentence>
      <Panel title="Steps">
        <StepTimeline label="Steps of the set-up" steps={makeSteps()} />
      </Panel>
      <Panel title="Run 01JH…" flush>
        <Waterfall label="Steps of the run" rows={makeRows()} />
      </Panel>
    </main>
  );
}
