import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import { nodeNote, standingJudgement } from "./judgements";
import { StateBadge } from "./state-badge";

/** How a validator stands, with a word on its node where that is not as it should be. */
export function StandingBadge({ standing }: { standing: ValidatorStanding }) {
  const note = nodeNote(standing);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StateBadge {...standingJudgement(standing)} />
      {note === null ? null : <span className="text-xs text-ink-muted">{note}</span>}
    </span>
  );
}
