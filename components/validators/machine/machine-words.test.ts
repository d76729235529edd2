import { expect, it } from "vitest";
import type { LocalMachine } from "@/server/domains/validators/local/schemas";
import { machineJudgement } from "./machine-words";

const machine = (over: Partial<LocalMachine>) =>
  ({ presence: "online", isSynced: true, duplicateSigner: null, ...over }) as LocalMachine;

it.each([
  ["two signers, whatever else", { presence: "offline", duplicateSigner: { at: "", with: "x" } }, "Two signers"],
  ["silence before what was said last", { presence: "offline", isSynced: true }, "Offline"],
  ["a late report", { presence: "stale" }, "Reports late"],
  ["what it does not tell is unknown", { isSynced: null }, "Online, sync unknown"],
  ["behind", { isSynced: false }, "Online, catching up"],
  ["well", {}, "Online, in sync"],
] as const)("says worst first: %s", (_name, over, word) => {
  expect(machineJudgement(machine(over as Partial<LocalMachine>)).word).toBe(word);
});

it("says that nothing was heard, and never that it is well", () => {
  expect(machineJudgement(null)).toEqual({ state: "unknown", word: "Not heard of yet" });
});
