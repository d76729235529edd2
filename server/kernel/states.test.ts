import { describe, expect, it } from "vitest";
import { canTransition, type TransitionTable } from "./states";

const DOOR: TransitionTable<"open" | "closed" | "locked"> = {
  open: ["closed"],
  closed: ["open", "locked"],
  locked: [],
};
const STATES = ["open", "closed", "locked"] as const;

describe("a transition table", () => {
  it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
    "decides %s to %s by its list alone",
    (from, to) => {
      expect(canTransition(DOOR, from, to)).toBe(DOOR[from].includes(to));
    },
  );
});
