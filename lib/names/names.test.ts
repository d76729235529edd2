import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusionOf } from "./mixed-scripts";
import { hasUnseen, isSeen, writtenOut } from "./unseen";

describe("what cannot be seen in a name", () => {
  it.each([
    ["zero width space", "ab\u200bc"],
    ["zero width joiner between letters", "ab\u200dc"],
    ["zero width non-joiner", "ab\u200cc"],
    ["word joiner", "ab\u2060c"],
    ["byte order mark", "\ufeffabc"],
    ["soft hyphen", "ab\u00adc"],
    ["Hangul filler", "\u3164"],
    ["half width Hangul filler", "\uffa0"],
    ["Hangul choseong filler", "\u115f"],
    ["Hangul jungseong filler", "\u1160"],
    ["braille blank", "ab\u2800c"],
    ["tag characters", "ab\u{e0041}c"],
    ["right-to-left override", "ab\u202ec"],
    ["right-to-left mark", "ab\u200fc"],
    ["isolate", "ab\u2066c"],
    ["variation selector after a letter", "a\ufe0fbc"],
    ["supplementary variation selector", "a\u{e0101}bc"],
    ["combining grapheme joiner", "ab\u034fc"],
    ["unassigned", "ab\u{e1000}c"],
    ["private use", "ab\ue000c"],
    ["line separator", "ab\u2028c"],
    ["paragraph separator", "ab\u2029c"],
    ["null notehead", "ab\u{1d159}c"],
    ["half a pair", "ab\ud800c"],
    ["joiner at an emoji's end", "\u{1f469}\u200d"],
  ])("%s", (_, name) => {
    expect(hasUnseen(name)).toBe(true);
    expect(hasUnseen(writtenOut(name))).toBe(false);
  });

  it.each(["Ångström", "验证者", "Проверка", "مدقق", "सत्यापक", "👩‍💻 nodes", "❤️ stake", "1️⃣ st", "𠮷野家", "a\u0301bc"])(
    "nothing of %s",
    (name) => {
      expect([hasUnseen(name), isSeen(name), writtenOut(name)]).toEqual([false, true, name]);
    },
  );

  it.each([" ", "\u3164\u3164\u3164", "\u2800\u2800", "\u0301", "\u00a0\u3000"])("is all of %j", (name) => {
    expect(isSeen(name)).toBe(false);
  });

  it("leaves two different names different when it is written out", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
        fc.pre(one !== other && !one.includes("\\") && !other.includes("\\"));
        expect(writtenOut(one)).not.toBe(writtenOut(other));
      }),
    );
  });
});

describe("what can confuse in a name", () => {
  it.each([
    ["Omniphi", null],
    ["Ångström 9", null],
    ["Проверка", null],
    ["Валидатор 1", null],
    ["Οmniphi", "Mixes Latin and Greek letters"],
    ["Оmniphi", "Mixes Latin and Cyrillic letters"],
    ["Ｏmniphi", "Has letters that only look like Latin ones"],
    ["𝐎mniphi", "Has letters that only look like Latin ones"],
    ["验证者 one", null],
  ])("of %s is told: %s", (name, told) => {
    expect(confusionOf(name)).toBe(told);
  });
});
