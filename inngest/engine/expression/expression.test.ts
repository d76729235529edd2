import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExpressionError, evaluate, holds, indexedEquality, parseExpression, valueAtPath } from ".";

const event = {
  name: "t/x",
  data: { k: "q", n: 3, on: true, none: null, list: ["a", "b"], deep: { "odd key": 1 }, 'quo"te': "y" },
};
const roots = ["event", "async"];
const value = (source: string, awaited: unknown = undefined) =>
  evaluate(parseExpression(source, roots), { event, async: awaited });

describe("evaluate", () => {
  it.each([
    ["event.data.k == 'q'", true],
    ['event.data.k == "q"', true],
    ["event.data.k != 'q'", false],
    ["event.data.n == 3", true],
    ["event.data.n < 4 && event.data.n >= 3", true],
    ["event.data.n > 3 || event.data.on", true],
    ["!(event.data.on)", false],
    ["event.data.none == null", true],
    ["event.data['k'] == 'q'", true],
    ["event.data.list[1] == 'b'", true],
    ["event.data.deep['odd key'] == 1", true],
    ["'a' in event.data.list", true],
    ["event.data.k in ['x', 'q']", true],
    ["event.data.k in []", false],
    ["event.data.n == 3 ? 100 : -100", 100],
    ["event.data.n == 4 ? 100 : -100", -100],
    ["event.data.k + '-' + event.data.n", "q-3"],
    ["event.data.n - 1", 2],
    ["true || false && false", true],
    ["'it\\'s'", "it's"],
    ["1.5e2", 150],
    ["'b' > 'a'", true],
    ["'1' < 2", false],
  ])("%s is %j", (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it("treats a missing field as equal to nothing, not even to another missing field", () => {
    expect(value("event.data.gone == async.data.gone", { data: {} })).toBe(false);
    expect(value("event.data.gone == null")).toBe(false);
    expect(value("event.data.gone != 'x'")).toBe(true);
    expect(value("event.data.k.length.x == 1")).toBe(false);
  });

  it("reads own fields only", () => {
    expect(value("event.constructor")).toBeUndefined();
    expect(value("event.data.__proto__")).toBeUndefined();
  });

  it("does not hold, rather than throw, when an event has another shape than expected", () => {
    expect(holds(parseExpression("event.data.k && true", roots), { event })).toBe(false);
    expect(holds(parseExpression("!event.data.gone", roots), { event })).toBe(false);
    expect(() => value("event.data.k && true")).toThrow(ExpressionError);
  });
});

describe("parseExpression", () => {
  it.each([
    ["event.data.k.startsWith('q')", "the function .startsWith() at position 13 is not implemented"],
    ["has(event.data)", "the function has() at position 0 is not implemented"],
    ["async.data.k == 1", '"async" at position 0 is not known here; it may use event'],
    ["event.data.k ==", "it ends too early"],
    ["event.data.k == 'q", "the string at position 16 has no end"],
    ["event.data[event.x]", "only a text or a number may stand in brackets at position 11"],
    ["event.data.k = 1", '"=" at position 13 is not part of an expression'],
    ["event.a event.b", "it goes on where it should end at position 8"],
    ["(event.a", '")" is missing at the end'],
    ["event.", "a field name is missing at the end"],
    ["event.a * 2", '"*" at position 8 is not part of an expression'],
    ["'\\x'", "the escape at position 1 is not known"],
    ["", "it ends too early"],
  ])("refuses %s", (source, message) => {
    expect(() => parseExpression(source, ["event"])).toThrow(message);
  });

  it("gives back any text literal unchanged", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const quoted = text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
        expect(evaluate(parseExpression(`'${quoted}'`, []), {})).toBe(text);
      }),
    );
  });

  it("never fails with anything but its own error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          evaluate(parseExpression(text, ["event"]), { event });
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
    );
  });
});

describe("indexedEquality", () => {
  const indexed = (source: string) => indexedEquality(parseExpression(source, roots), event);

  it("computes the known side from either order", () => {
    const expected = { path: '["data","k"]', value: '"q"' };
    expect(indexed("event.data.k == async.data.k")).toEqual(expected);
    expect(indexed("async.data.k == event.data.k")).toEqual(expected);
    expect(indexed("async.data.n > 1 && async.data.k == 'q'")).toEqual(expected);
  });

  it("finds none where the known side has no plain value or the condition is not certain", () => {
    expect(indexed("event.data.gone == async.data.k")).toBeUndefined();
    expect(indexed("async.data.k == event.data.list")).toBeUndefined();
    expect(indexed("async.data.k == 'q' || async.data.n == 1")).toBeUndefined();
    expect(indexed("async.data.a == async.data.b")).toBeUndefined();
  });

  it("agrees with the value read from the awaited event", () => {
    expect(valueAtPath('["data","k"]', { data: { k: "q" } })).toBe('"q"');
    expect(valueAtPath('["data","k"]', { data: {} })).toBeUndefined();
  });
});
