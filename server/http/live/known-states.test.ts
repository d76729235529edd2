import { describe, expect, it } from "vitest";
import { createKnownStates } from "./known-states";

describe("the states that a process remembers", () => {
  it("are the latest, up to a size in which their names count, since callers choose those", () => {
    const known = createKnownStates(1_000);
    const keyOf = (place: number) => `search ${String(place).padStart(90, "0")}`;
    for (let place = 0; place < 100; place += 1) known.keep(keyOf(place), "a", []);
    const kept = Array.from({ length: 100 }, (_, place) => known.find(keyOf(place), "a") !== undefined);
    expect(kept.filter(Boolean)).toHaveLength(9);
    expect(kept.slice(-9).every(Boolean)).toBe(true);
  });

  it("are forgotten once, however often they are kept", () => {
    const known = createKnownStates(100);
    for (let time = 0; time < 50; time += 1) known.keep("one", "a", [time]);
    known.keep("two", "a", [1]);
    expect([known.find("one", "a"), known.find("two", "a"), known.find("one", "")]).toEqual([[49], [1], undefined]);
  });
});
