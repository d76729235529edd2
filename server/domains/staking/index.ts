import "server-only";

export { getAct } from "./acts/get-act";
export { listActs } from "./acts/list-acts";
export { prepareAct } from "./acts/prepare-act";
export { pruneActs } from "./acts/prune-acts";
export { settleAct } from "./acts/settle-act";
export { submitAct } from "./acts/submit-act";
export { giveUpUnsignedActs, settleActs } from "./acts/sweep-acts";
export { withdrawAct } from "./acts/withdraw-act";
export { compoundDue } from "./compound/compound-due";
export { getWalletCompound } from "./compound/get-wallet-compound";
export { pauseCompound, resumeCompound } from "./compound/pause-compound";
export { settleCompoundRun, settleCompoundRuns } from "./compound/settle-run";
export { checkAdvisory } from "./governance/check-advisory";
export { getProposal } from "./governance/get-proposal";
export { listProposalTiers } from "./governance/list-proposal-tiers";
export { listProposals } from "./governance/list-proposals";
export { getPosition } from "./positions/get-position";
