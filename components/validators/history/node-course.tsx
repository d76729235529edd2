"use client";

import { evenSamples } from "@/components/figures/even-samples";
import { Sparkline } from "@/components/figures/sparkline";
import type { NodeHistory } from "@/server/domains/validators/history/schemas";

type NodeCourseProps = {
  /** Undefined while it is being read. */
  history: NodeHistory | undefined;
  /** "Peers". */
  title: string;
  read: (sample: NodeHistory["samples"][number]) => number | null;
  format: (value: number) => string;
};

/** The last day of one figure of a node, small, beside the figure itself; nothing where no look told it. */
export function NodeCourse({ history, title, read, format }: NodeCourseProps) {
  if (history === undefined) return <div className="h-8" />;
  const fromMs = Date.parse(history.from);
  const raster = { fromMs, toMs: Date.parse(history.to), stepMs: history.stepMinutes * 60_000 };
  const samples = evenSamples(history.samples, raster, read);
  const known = samples.filter((sample): sample is number => sample !== null);
  if (known.length === 0) return null;
  const [low, high] = [format(Math.min(...known)), format(Math.max(...known))];
  return <Sparkline samples={samples} summary={`${title} over 24 hours: ${low} to ${high}`} />;
}
