"use client";

import { DangerSheet } from "@/components/forms/danger-sheet";

export default function Danger() {
  return (
    <DangerSheet
      open
      onOpenChange={() => {}}
      act="Stop node eu-1"
      effects={[
        "The node is asked to finish its block and stop, within 30 s.",
        "Aurora North signs no block from then on.",
        "After 28 497 missed blocks the chain jails it.",
      ]}
      duration="About 10 s; lasts until the node is started"
      cost="One missed block each second; nothing else before jail"
      wayBack="Start node eu-1. Key and sign state stay on its volume."
      confirmWord="eu-1"
      onConfirm={() => {}}
    />
  );
}
