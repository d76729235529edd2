import { describe, expect, it } from "vitest";
import { compareSignStates, parseSignState } from "./sign-state.mjs";

describe("parseSignState", () => {
  it("reads what CometBFT writes, signature and sign bytes aside", () => {
    const text = '{\n  "height": "4711",\n  "round": 0,\n  "step": 3,\n  "signature": "q",\n  "signbytes": "AB"\n}';
    expect(parseSignState(text)).toEqual({ height: "4711", round: 0, step: 3 });
  });

  it.each([
    ["nothing", ""],
    ["a cut file", '{\n  "height": "4711",\n  "rou'],
    ["an array", "[]"],
    ["null", "null"],
    ["a height as a number", '{"height":4711,"round":0,"step":3}'],
    ["a negative height", '{"height":"-1","round":0,"step":3}'],
    ["a height over int64", '{"height":"9223372036854775808","round":0,"step":3}'],
    ["a missing step", '{"height":"1","round":0}'],
    ["a step that does not exist", '{"height":"1","round":0,"step":4}'],
    ["a fractional round", '{"height":"1","round":0.5,"step":1}'],
  ])("refuses %s", (_name, text) => {
    expect(parseSignState(text)).toBeNull();
  });

  it("reads the greatest height without losing a digit", () => {
    const text = '{"height":"9223372036854775807","round":2147483647,"step":0}';
    expect(parseSignState(text)?.height).toBe("9223372036854775807");
  });
});

describe("compareSignStates", () => {
  const ordered = [
    { height: "9", round: 5, step: 3 },
    { height: "10", round: 0, step: 1 },
    { height: "10", round: 0, step: 2 },
    { height: "10", round: 1, step: 0 },
    { height: "9007199254740993", round: 0, step: 0 },
    { height: "9007199254740994", round: 0, step: 0 },
  ];

  it("orders by height, round and step, digits beyond a double included", () => {
    for (const [index, left] of ordered.entries()) {
      for (const [other, right] of ordered.entries()) {
        expect(Math.sign(compareSignStates(left, right))).toBe(Math.sign(index - other));
      }
    }
  });
});
