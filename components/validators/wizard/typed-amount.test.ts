import { expect, it } from "vitest";
import { typedAmount } from "./typed-amount";

const facts = { denomExponent: 6, displayDenom: "OMNI" };

it.each([
  ["999999999999", "999\u202f999\u202f999\u202f999\u00a0OMNI"],
  ["12345.50", "12\u202f345.5\u00a0OMNI"],
  [" 10 ", "10\u00a0OMNI"],
  ["ten", "ten\u00a0OMNI"],
  ["", "none"],
])("writes %j as %s", (text, expected) => {
  expect(typedAmount(text, facts)).toBe(expected);
});
