import { AGENT_PROTOCOL_VERSION } from "@/lib/contracts/agent/version";
import { conflict, forbidden, invalid, notFound, unauthenticated } from "@/server/kernel/errors";

/** 404: also for another organisation's. */
export const agentNotFound = (id: string) =>
  notFound("agents.agent_not_found", "There is no such machine.", { details: { id } });

/** 400: both sides can be told what the other speaks, so this is no riddle of a signature. */
export const versionUnsupported = (version: string) =>
  invalid(
    "agents.version_unsupported",
    `This agent speaks version ${version} of the protocol, and version ${AGENT_PROTOCOL_VERSION} is spoken here. Install the agent that comes with this installation.`,
    { details: { version, supported: String(AGENT_PROTOCOL_VERSION) } },
  );

/** 401: says the same of an unknown agent as of a wrong key. */
export const signatureRefused = () =>
  unauthenticated(
    "agents.signature_refused",
    "The request is not signed by the key of this agent. Enrol the machine anew if its key was lost.",
  );

/** 401: what was signed is not what came. */
export const bodyDiffers = () =>
  unauthenticated("agents.body_differs", "The body is not the one that the machine's signature covers.");

export const agentRevoked = () =>
  unauthenticated("agents.revoked", "This machine was revoked in the console. Pair it anew to report again.");

export const clockSkewed = (skewSeconds: number, serverTime: Date) =>
  unauthenticated(
    "agents.clock_skewed",
    `The machine's clock is ${Math.abs(skewSeconds)} seconds ${skewSeconds > 0 ? "ahead of" : "behind"} ours. Set the clock, then try again.`,
    { details: { skewSeconds, serverTime: serverTime.toISOString() } },
  );

/** 401: the counter says that this request, or a later one, was taken already. */
export const replayed = (lastCounter: number) =>
  unauthenticated(
    "agents.replayed",
    "A request with this counter or a higher one was taken before. Send the next one with a higher counter.",
    { details: { lastCounter } },
  );

/** 401: mistyped, used, expired, or meant for another machine; which one is nobody's business. */
export const enrolmentRefused = () =>
  unauthenticated(
    "agents.enrolment_refused",
    "This enrolment token is not valid here: it was used, has expired, or is meant for another machine. Make a new one in the console.",
  );

/** 404: answered already, right or wrong, too old, or another person's. */
export const pairingNotFound = () =>
  notFound("agents.pairing_not_found", "There is no such statement to sign any more. Ask for a new one.");

export const pairingRefused = () =>
  invalid(
    "agents.pairing_refused",
    "The wallet's signature does not fit the statement. Ask for a new one and sign it with the wallet that it names.",
  );

export const notAnAgent = () =>
  forbidden("agents.not_an_agent", "Only a machine reports for itself: pair it in the console and use its agent.");

export const keyTaken = () =>
  conflict("agents.key_taken", "This key belongs to a machine that is enrolled already. Make a new one.");
