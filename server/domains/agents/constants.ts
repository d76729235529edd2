export { AGENT_STATUSES } from "@/db/states/agents";

/** What an agent may do, whoever it belongs to: report for itself. */
export const AGENT_SCOPES = ["agents:write"] as const;

/** An enrolment token and a statement to sign are good once and for so long. */
export const ENROLMENT_TTL_SECONDS = 15 * 60;
export const PAIRING_TTL_SECONDS = 5 * 60;

/** How far an agent's clock may be from ours: a signed request that is older is refused, whatever its counter says. */
export const MAX_CLOCK_SKEW_SECONDS = 120;

/** A command that nobody took up by then is not done any more. */
export const COMMAND_TTL_SECONDS = 15 * 60;
/** Settled commands and revoked agents are kept this long for people who ask what happened. */
export const KEEP_SETTLED_DAYS = 30;
