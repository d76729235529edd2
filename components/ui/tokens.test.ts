import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  contrastRatio,
  type Dichromacy,
  type LinearRgb,
  oklabDistance,
  oklchToLinearRgb,
  seenWith,
} from "@/tests/support/oklch";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const THEMES = ["light", "dark"] as const;
type Theme = (typeof THEMES)[number];

function readTokens(): ReadonlyMap<string, Record<Theme, LinearRgb>> {
  const line = /--([a-z-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);/g;
  const colour = (text: string) => {
    const [lightness = Number.NaN, chroma = Number.NaN, hue = Number.NaN] = text.split(" ").map(Number);
    return oklchToLinearRgb(lightness, chroma, hue);
  };
  return new Map(
    [...css.matchAll(line)].map(([, name = "", light = "", dark = ""]) => [
      name,
      { light: colour(light), dark: colour(dark) },
    ]),
  );
}

const tokens = readTokens();
function token(name: string, theme: Theme): LinearRgb {
  const found = tokens.get(name);
  if (!found) throw new Error(`--${name} is not a light-dark() token of app/globals.css`);
  return found[theme];
}

const SURFACES = ["ground", "panel", "raised", "sunken"];
const STATES = ["ok", "attention", "danger"];
const textPairs = [
  ...["ink", "ink-muted", "ink-faint", "accent", "accent-strong"].flatMap((word) => SURFACES.map((on) => [word, on])),
  ...STATES.flatMap((state) => [...SURFACES, `${state}-wash`].map((on) => [`${state}-text`, on])),
  ...["ink", "ink-muted", "accent", "accent-strong"].map((word) => [word, "accent-wash"]),
  ...[...STATES, "unknown"].flatMap((state) => ["ink", "ink-muted"].map((word) => [word, `${state}-wash`])),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger-mark"],
];
const markPairs = [
  ...["ok-mark", "ok-cell", "attention-mark", "danger-mark", "unknown-mark", "line-strong", "accent"].flatMap((mark) =>
    ["ground", "panel", "sunken"].map((on) => [mark, on]),
  ),
  ...STATES.map((state) => [`${state}-mark`, `${state}-wash`]),
];

describe.each(THEMES)("in the %s theme", (theme) => {
  it.each(textPairs)("%s on %s can be read (4.5:1)", (word = "", on = "") => {
    expect(contrastRatio(token(word, theme), token(on, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(markPairs)("%s on %s can be seen (3:1)", (mark = "", on = "") => {
    expect(contrastRatio(token(mark, theme), token(on, theme))).toBeGreaterThanOrEqual(3);
  });

  const marks = ["ok-mark", "attention-mark", "danger-mark", "accent"];
  const pairs = marks.flatMap((one, index) => marks.slice(index + 1).map((other) => [one, other]));
  it.each(pairs)("%s and %s differ for the common colour blindnesses", (one = "", other = "") => {
    for (const kind of ["protanopia", "deuteranopia", "tritanopia"] satisfies Dichromacy[]) {
      const distance = oklabDistance(seenWith(kind, token(one, theme)), seenWith(kind, token(other, theme)));
      expect(distance, kind).toBeGreaterThan(0.04);
    }
  });
});

it("reads every colour of the sheet, so that no token escapes the pairs above", () => {
  expect(tokens.size).toBe([...css.matchAll(/light-dark\(/g)].length);
  expect(tokens.size).toBeGreaterThan(20);
});
