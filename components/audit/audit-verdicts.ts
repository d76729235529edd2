import { groupDigits } from "@/lib/format/group-digits";
import type { AuditVerdict } from "@/server/domains/identity/schemas";

const REASONS: Record<NonNullable<AuditVerdict["reason"]>, string> = {
  sequence_gap: "a row is missing there",
  previous_hash_mismatch: "it does not follow from the row before it",
  hash_mismatch: "its content was changed after it was written",
  head_mismatch: "it is not what the chain's head says is the newest row",
  anchor_mismatch: "it differs from the head that was kept outside the database at the time",
};

const nameOf = (chainKey: string) => (chainKey === "platform" ? "The platform's chain" : `The chain of ${chainKey}`);
const rows = (count: number) => `${groupDigits(count)} ${count === 1 ? "row" : "rows"}`;
const anchors = (count: number) => `${groupDigits(count)} ${count === 1 ? "anchor" : "anchors"} outside the database`;

/** What a walk over one chain found, in one sentence. */
export function verdictSentence(verdict: AuditVerdict): string {
  if (verdict.reason === null) {
    return `${nameOf(verdict.chainKey)} agrees with itself: ${rows(verdict.rowCount)} recomputed, and ${anchors(verdict.anchorsChecked)} compared.`;
  }
  const where = verdict.firstBadSequence === null ? "at its end" : `at row ${groupDigits(verdict.firstBadSequence)}`;
  const id = verdict.firstBadId === null ? "" : ` (${verdict.firstBadId})`;
  return `${nameOf(verdict.chainKey)} is broken ${where}${id}: ${REASONS[verdict.reason]}. The ${rows(verdict.rowCount)} before it agree.`;
}

/** What was found over all chains that were walked: the first broken one speaks for all. */
export function verdictsSentence(verdicts: readonly AuditVerdict[]): string {
  const broken = verdicts.filter((verdict) => !verdict.isIntact);
  const [first] = broken;
  const [only] = verdicts;
  if (first) return `${verdictSentence(first)}${broken.length > 1 ? ` ${broken.length - 1} more are broken.` : ""}`;
  if (verdicts.length === 1 && only) return verdictSentence(only);
  const count = (pick: (verdict: AuditVerdict) => number) => verdicts.reduce((sum, verdict) => sum + pick(verdict), 0);
  return `All ${groupDigits(verdicts.length)} chains agree with themselves: ${rows(count((verdict) => verdict.rowCount))} recomputed, and ${anchors(count((verdict) => verdict.anchorsChecked))} compared.`;
}
