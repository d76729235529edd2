import { expect, it } from "vitest";
import { tierWord } from "./proposal-tier-column";

const row = (status: "voting_period" | "passed") => ({
  proposalId: "7",
  title: "One",
  status,
  isExpedited: false,
  messageTypeUrls: [],
  submittedAt: null,
  depositEndsAt: null,
  votingStartsAt: null,
  votingEndsAt: null,
  depositBaseUnits: "0",
});
const tier = { proposalId: "7", isJudged: true, tier: null, unknownBecause: null };

it.each([
  ["while it is voted on", row("voting_period"), undefined, "not judged yet"],
  ["where the guard holds nothing", row("passed"), { ...tier, isJudged: false }, "not judged yet"],
  ["of one that was not asked about", row("passed"), undefined, "on its page"],
  ["of one that could not be read", row("passed"), { ...tier, isJudged: null, unknownBecause: "Silent." }, "unknown"],
  ["where the chain leaves it open", row("passed"), tier, "unspecified"],
  ["where there is one", row("passed"), { ...tier, tier: "high" as const }, null],
])("says %s no tier that is not there", (_when, proposal, known, word) => {
  expect(tierWord(proposal, known)).toBe(word);
});
