"use client";

import { useAsOfNow } from "@/components/figures/use-now";
import type { ShownStanding } from "./judgements";
import { standingSentence } from "./standing-sentence";

/** The sentence of a standing, whose times count down while it is read. */
export function StandingSentence({ standing }: { standing: ShownStanding }) {
  const words = useAsOfNow((nowMs) => standingSentence(standing, nowMs));
  return <span suppressHydrationWarning>{words}</span>;
}
