import "server-only";
import { download, publish, publishAll } from "@/server/kernel/publish";
import { ACTS_EXPORT_EXAMPLE, exportActs } from "./acts/export-acts";
import { getAct } from "./acts/get-act";
import { listActs } from "./acts/list-acts";
import { prepareAct } from "./acts/prepare-act";
import { submitAct } from "./acts/submit-act";
import { withdrawAct } from "./acts/withdraw-act";
import { getWalletCompound } from "./compound/get-wallet-compound";
import { pauseCompound, resumeCompound } from "./compound/pause-compound";
import { MAX_EXPORTED_ACTS } from "./constants";
import { checkAdvisory } from "./governance/check-advisory";
import { getProposal } from "./governance/get-proposal";
import { listProposalTiers } from "./governance/list-proposal-tiers";
import { listProposals } from "./governance/list-proposals";
import { getPosition } from "./positions/get-position";
import { ExportActsInput } from "./schemas";

/** Stake, rewards and votes of one's own wallets, and what was signed for them. */
export const published = publishAll("staking", "Staking", [
  publish(getPosition, {
    rest: "GET /staking/positions/{address}",
    trpc: "getPosition",
    summary: "What a wallet has on a network: coins, stake, rewards, what unbonds, its validator",
  }),
  publish(getWalletCompound, {
    rest: "GET /staking/positions/{address}/compound",
    trpc: "getWalletCompound",
    summary: "What a wallet granted for compounding its rewards, what is left of it, and the last compoundings",
  }),
  publish(pauseCompound, {
    rest: "POST /staking/compounds/{compoundId}/pause",
    trpc: "pauseCompound",
    summary: "Stakes nothing more until it is taken up again; needs no signature",
  }),
  publish(resumeCompound, {
    rest: "POST /staking/compounds/{compoundId}/resume",
    trpc: "resumeCompound",
    summary: "Takes compounding up again",
  }),
  publish(listProposals, {
    rest: "GET /governance/proposals",
    trpc: "listProposals",
    summary: "Proposals of the network, newest first",
  }),
  publish(listProposalTiers, {
    trpc: "listProposalTiers",
    reads: true,
    summary: "How risky the chain's risk guard holds each of several proposals",
  }),
  publish(getProposal, {
    rest: "GET /governance/proposals/{proposalId}",
    trpc: "getProposal",
    summary:
      "One proposal with its count so far, what the chain's risk guard holds of it and what the caller's wallets voted",
  }),
  publish(checkAdvisory, {
    rest: "GET /governance/proposals/{proposalId}/advisory",
    trpc: "checkAdvisory",
    summary: "Reads the advisory report of a proposal and holds it against the hash on the chain",
  }),
  publish(prepareAct, {
    rest: "POST /staking/acts",
    trpc: "prepareAct",
    status: 201,
    summary: "Builds the exact transaction of an act to sign, after the chain's rules for it were asked",
  }),
  publish(submitAct, {
    rest: "POST /staking/acts/{actId}/broadcast",
    trpc: "submitAct",
    status: 202,
    summary: "Takes the signed act and brings it to the chain",
  }),
  publish(withdrawAct, {
    rest: "POST /staking/acts/{actId}/withdraw",
    trpc: "withdrawAct",
    summary: "Gives up an act that nobody signed",
  }),
  publish(listActs, {
    rest: "GET /staking/acts",
    trpc: "listActs",
    summary: "What the organisation's members signed or were about to, newest first",
  }),
  publish(getAct, { rest: "GET /staking/acts/{actId}", trpc: "getAct", summary: "One act with what came of it" }),
  download(listActs, {
    rest: "GET /staking/acts-export",
    operationId: "exportActs",
    summary: `The organisation's acts as a CSV file, newest first, at most ${MAX_EXPORTED_ACTS} rows`,
    input: ExportActsInput,
    contentType: "text/csv",
    fileName: (at) => `transactions-${at.toISOString().slice(0, 10)}.csv`,
    example: ACTS_EXPORT_EXAMPLE,
    open: exportActs,
  }),
]);
