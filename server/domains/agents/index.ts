import "server-only";

export { agentFigures } from "./agent-figures";
export { dismissAgentsOf, openServerEnrolment, orderServerAgents } from "./agents-of-subject";
export { orderAgent } from "./commands/order";
export { isSignedBy } from "./ed25519";
export { enrolAgent } from "./enrol-agent";
export { bodyDiffers, signatureRefused, versionUnsupported } from "./errors";
export { listAgents } from "./list-agents";
export { answerReport, noteSeen } from "./note-seen";
export { beginPairing } from "./pairings/begin-pairing";
export { confirmPairing } from "./pairings/confirm-pairing";
export { findOwnAgent, requireAgent } from "./require-agent";
export { type AgentPrincipal, resolveAgent, resolveDevice } from "./resolve-agent";
export { revokeAgent } from "./revoke-agent";
export { tendAgents } from "./tend-agents";
