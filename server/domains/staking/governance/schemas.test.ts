import { expect, it } from "vitest";
import { ListProposalTiersInput } from "./schemas";

it("asks for the tiers of proposals that can be there: they are counted from 1", () => {
  const isTaken = (...proposalIds: string[]) => ListProposalTiersInput.safeParse({ proposalIds }).success;
  expect([isTaken("1", "18"), isTaken("0"), isTaken("1", "0"), isTaken()]).toEqual([true, false, false, false]);
});
