import { describe, expect, it } from "vitest";
import { PROVISION_STEPS } from "@/server/domains/validators/constants";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { setupSteps, undoneSentence } from "./setup-steps";

const event = (sequence: number, type: ProvisioningEventView["type"], step: string | null): ProvisioningEventView => ({
  sequence,
  type,
  step,
  message: `${type} ${step}`,
  details: {},
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, sequence)).toISOString(),
});
const ids = PROVISION_STEPS.map(({ id }) => id);
const story = (completed: number, alsoStarted = 0) =>
  ids.flatMap((id, at) => [
    ...(at < completed + alsoStarted ? [event(at * 2 + 1, "started", id)] : []),
    ...(at < completed ? [event(at * 2 + 2, "completed", id)] : []),
  ]);
const states = (
  status: "cancelled" | "ready_for_chain_tx",
  events: ProvisioningEventView[],
  currentStep: string | null,
) => setupSteps({ status, currentStep, errorMessage: null, errorCode: null }, events).map(({ state }) => state);

describe("the steps of a cancelled setup", () => {
  it("are none of them done: what had ended is undone, what ran was cancelled, the rest never began", () => {
    expect(states("cancelled", story(3, 1), ids[3] ?? null)).toEqual([
      "undone",
      "undone",
      "undone",
      "cancelled",
      ...new Array<string>(ids.length - 4).fill("waiting"),
    ]);
  });

  it("say nothing in the present of what is gone, and the one that ran ended with the cancellation", () => {
    const cancelled = { ...event(90, "cancelled", ids[3] ?? null) };
    const steps = setupSteps(
      { status: "cancelled", currentStep: ids[3] ?? null, errorMessage: null, errorCode: null },
      [...story(3, 1), cancelled],
    );
    expect(steps.every(({ sentence }) => sentence === undefined)).toBe(true);
    expect(steps[3]?.endedAt).toBe(cancelled.at);
  });

  it("are all undone where it was cancelled when ready", () => {
    expect(new Set(states("cancelled", story(ids.length), "ready"))).toEqual(new Set(["undone"]));
  });

  it("are told in a sentence", () => {
    const steps = setupSteps(
      { status: "cancelled", currentStep: "ready", errorMessage: null, errorCode: null },
      story(ids.length),
    );
    expect(undoneSentence({ isCleaningUp: true }, steps)).toMatch(/^8 of 8 steps had ended.*is being undone\.$/);
    expect(undoneSentence({ isCleaningUp: false }, steps)).toMatch(/was undone\.$/);
    expect(undoneSentence({ isCleaningUp: false }, [{ state: "waiting" }])).toBe(
      "No step had ended; there was nothing to undo.",
    );
  });
});

it("are done once the node is ready", () => {
  expect(new Set(states("ready_for_chain_tx", story(ids.length), "ready"))).toEqual(new Set(["done"]));
});
