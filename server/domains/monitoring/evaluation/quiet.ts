import type { AlertRow } from "../alerts/repository";
import { ruleOf } from "../constants";
import type { SilenceRow } from "../silences/repository";

type Open = Pick<AlertRow, "id" | "rule" | "status" | "subjectId" | "networkId">;
type Silence = Pick<SilenceRow, "id" | "rule" | "subjectId">;

const isSo = ({ status }: Open): boolean => status === "firing" || status === "acknowledged";

/** The firing alert of the same organisation that says the same with more weight: about the same subject, or about the network that it is on. */
export function inhibitorOf(alert: Open, open: readonly Open[]): string | null {
  const over = ruleOf(alert.rule)?.quietUnder ?? [];
  const found = open.find(
    (other) =>
      other.id !== alert.id &&
      isSo(other) &&
      over.some((code) => code === other.rule) &&
      (other.subjectId === alert.subjectId || other.subjectId === alert.networkId),
  );
  return found?.id ?? null;
}

/** The silence in force that covers the alert. */
export const silenceOf = (alert: Open, silences: readonly Silence[]): string | null =>
  silences.find(
    ({ rule, subjectId }) =>
      (rule === null || rule === alert.rule) && (subjectId === null || subjectId === alert.subjectId),
  )?.id ?? null;
