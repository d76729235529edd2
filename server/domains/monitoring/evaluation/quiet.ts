import type { AlertRow } from "../alerts/repository";
import { ruleOf } from "../constants";
import type { SilenceRow } from "../silences/repository";

type Open = Pick<AlertRow, "id" | "rule" | "status" | "subjectId" | "networkId" | "startedAt">;
type Silence = Pick<SilenceRow, "id" | "rule" | "subjectId">;

/** A region's outage says why its nodes fail about when it begins; what begins long after has a reason of its own, which nobody else tells. */
const REGION_OUTAGE_TAKES_MS = 15 * 60_000;

const isSo = ({ status }: Open): boolean => status === "firing" || status === "acknowledged";

/**
 * The firing alert of the same organisation that says the same with more weight: about the same subject, about the network that it is on, or
 * about the region that its node is in and in whose outage it began.
 */
export function inhibitorOf(alert: Open, open: readonly Open[], regionId: string | null): string | null {
  const isAbove = ({ subjectId, startedAt }: Open): boolean =>
    subjectId === alert.subjectId ||
    subjectId === alert.networkId ||
    (subjectId === regionId && alert.startedAt.getTime() - startedAt.getTime() <= REGION_OUTAGE_TAKES_MS);
  const over = ruleOf(alert.rule)?.quietUnder ?? [];
  const found = open.find(
    (other) => other.id !== alert.id && isSo(other) && over.some((code) => code === other.rule) && isAbove(other),
  );
  return found?.id ?? null;
}

/** The silence in force that covers the alert. */
export const silenceOf = (alert: Open, silences: readonly Silence[]): string | null =>
  silences.find(
    ({ rule, subjectId }) =>
      (rule === null || rule === alert.rule) && (subjectId === null || subjectId === alert.subjectId),
  )?.id ?? null;
