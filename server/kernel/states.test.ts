import { describe, expect, it } from "vitest";
import { assertTransition, canTransition, type TransitionTable } from "./states";

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
      const isLegal = DOOR[from].includes(to);
      expect(canTransition(DOOR, from, to)).toBe(isLegal);
      const move = () => assertTransition(DOOR, from, to, { code: "doors.illegal", subject: "The door" });
      if (isLegal) expect(move).not.toThrow();
      else
        expect(move).toThrow(
          expect.objectContaining({
            kind: "invalid_state",
            code: "doors.illegal",
            message: `The door is ${from} and cannot become ${to}.`,
            details: { from, to },
          }),
        );
    },
  );
});
