import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asJson, type JsonValue } from "./json-value";
import { stateHash } from "./state-hash";
import { patchBetween, patched } from "./state-patch";

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => asJson(value));

describe("a patch", () => {
  it("makes the one state of the other, whatever they are", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(patched(a, patchBetween(a, b))).toEqual(b);
      }),
    );
  });

  it("is empty between equal states, and leaves what did not change as the same object", () => {
    const before = { list: [{ id: 1 }, { id: 2 }], node: { height: "5", peers: null } };
    expect(patchBetween(before, structuredClone(before))).toEqual([]);
    const after = patched(
      before,
      patchBetween(before, { ...before, node: { height: "6", peers: null } }),
    ) as typeof before;
    expect(after.node).toEqual({ height: "6", peers: null });
    expect(after.list).toBe(before.list);
  });

  it("says of a window that moved on only what left and what joined", () => {
    const cell = (heightBlocks: number) => ({ heightBlocks, state: "signed" });
    const window = (from: number) => ({ cells: Array.from({ length: 200 }, (_, place) => cell(from + place)) });
    expect(patchBetween(window(1), window(3))).toEqual([["shift", ["cells"], 2, [cell(201), cell(202)]]]);
    expect(patchBetween({ lines: ["a"] }, { lines: ["a", "b"] })).toEqual([["shift", ["lines"], 0, ["b"]]]);
  });

  it("names the one field of a row that changed in a list that stayed", () => {
    const before = [
      { id: "a", height: 1 },
      { id: "b", height: 1 },
    ];
    const after = [
      { id: "a", height: 1 },
      { id: "b", height: 2 },
    ];
    expect(patchBetween(before, after)).toEqual([["set", [1, "height"], 2]]);
  });

  it("refuses a state that it is not of, and a name of the language's own is a name like any other", () => {
    expect(() => patched({ cells: 5 }, [["shift", ["cells"], 1, []]])).toThrow("not one of this state");
    const named = JSON.parse('{"__proto__":{"a":1}}') as JsonValue;
    expect(JSON.stringify(patched({}, patchBetween({}, named)))).toBe('{"__proto__":{"a":1}}');
  });
});

describe("the name of a state", () => {
  it("does not depend on the order of names, nor on what JSON leaves out", () => {
    expect(stateHash({ a: 1, b: [null] })).toBe(stateHash({ b: [null], a: 1 }));
    expect(stateHash(asJson({ a: 1, b: undefined }))).toBe(stateHash({ a: 1 }));
  });

  it("differs where states differ", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        if (patchBetween(a, b).length > 0) expect(stateHash(a)).not.toBe(stateHash(b));
      }),
    );
  });
});
