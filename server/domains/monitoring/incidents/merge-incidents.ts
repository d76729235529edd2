import { ruleOf } from "../constants";
import type { PublicIncident } from "../schemas";

/** What is read of one organisation's incident; nothing that is that organisation's alone. */
export type NetworkIncident = {
  readonly rule: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly startedAt: Date;
  /** Null while it goes on. */
  readonly resolvedAt: Date | null;
};

/** One outage of a network is an incident of each organisation that it touches: those that overlap are told as one, the newest first. */
export function mergeIncidents(rows: readonly NetworkIncident[]): PublicIncident[] {
  const merged: NetworkIncident[] = [];
  for (const row of rows.toSorted((one, other) => one.startedAt.getTime() - other.startedAt.getTime())) {
    const place = merged.findLastIndex(
      (before) =>
        before.rule === row.rule &&
        before.subjectId === row.subjectId &&
        (before.resolvedAt === null || before.resolvedAt >= row.startedAt),
    );
    const before = merged[place];
    if (before === undefined) merged.push(row);
    else merged[place] = { ...before, resolvedAt: laterOf(before.resolvedAt, row.resolvedAt) };
  }
  return merged
    .map(({ rule, subjectName, startedAt, resolvedAt }) => ({
      title: ruleOf(rule)?.title ?? rule,
      network: subjectName,
      startedAt: startedAt.toISOString(),
      endedAt: resolvedAt?.toISOString() ?? null,
    }))
    .reverse();
}

const laterOf = (one: Date | null, other: Date | null): Date | null =>
  one === null || other === null ? null : one > other ? one : other;
