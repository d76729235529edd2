"use client";

import { useEffect, useMemo, useState } from "react";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { type CatchUpSample, withSample } from "./catch-up";

/** A look of the setup's own step, as its line of the story tells it; null for other lines. */
function sampleOfEvent({ details, at }: Pick<ProvisioningEventView, "details" | "at">): CatchUpSample | null {
  const { heightBlocks, tipBlocks } = details;
  if (typeof heightBlocks !== "string" || typeof tipBlocks !== "string") return null;
  return { atMs: Date.parse(at), heightBlocks: Number(heightBlocks), tipBlocks: Number(tipBlocks) };
}

/** A look at the node, as its row tells it; null where height or distance are not known. */
function sampleOfNode(node: NodeView | null): CatchUpSample | null {
  if (!node?.lastSeenAt || node.lastBlockHeight === null || node.lagBlocks === null) return null;
  const heightBlocks = Number(node.lastBlockHeight);
  return { atMs: Date.parse(node.lastSeenAt), heightBlocks, tipBlocks: heightBlocks + node.lagBlocks };
}

/** The looks at a node so far: those that its story kept, and each that comes while the page is open. */
export function useCatchUpSamples(
  node: NodeView | null,
  events: readonly ProvisioningEventView[],
): readonly CatchUpSample[] {
  const [seen, setSeen] = useState<readonly CatchUpSample[]>([]);
  const now = sampleOfNode(node);
  const key = now === null ? "" : `${now.atMs} ${now.heightBlocks} ${now.tipBlocks}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the look, which is a new object with every rendering
  useEffect(() => {
    if (now) setSeen((was) => withSample(was, now));
  }, [key]);
  return useMemo(() => {
    const told = events.flatMap((event) => sampleOfEvent(event) ?? []);
    return [...told, ...seen]
      .sort((one, other) => one.atMs - other.atMs)
      .reduce<readonly CatchUpSample[]>((all, sample) => withSample(all, sample), []);
  }, [events, seen]);
}
