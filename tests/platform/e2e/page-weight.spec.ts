import { expect, test } from "@playwright/test";
import { readFontBytes, readPageWeights } from "../../support/e2e/page-weight";

const MAX_SCRIPT_BYTES = 245_000;
const MAX_FONT_BYTES = 80_000;
/** The pages that are open all day: a validator, and lists. */
const IS_LIGHT =
  /\/validators\/(\(list\)|\[validatorId\]\/\(validator\))\/page$|\/(members|alerts|incidents|transactions|channels|audit|api-tokens|nodes|setup-requests|job-runs)\/page$/;

test("pages that stay open all day load few scripts at first", () => {
  const light = readPageWeights().filter(({ route }) => IS_LIGHT.test(route) && !route.startsWith("/(moved)"));
  expect(light.length).toBeGreaterThanOrEqual(12);
  const heavy = light.filter(({ scriptBytes }) => scriptBytes > MAX_SCRIPT_BYTES);
  console.log(light.map(({ route, scriptBytes }) => `${scriptBytes} ${route}`).join("\n"));
  expect(
    heavy.map(({ route, scriptBytes, scripts }) => ({ route, scriptBytes, scripts: scripts.slice(0, 12) })),
  ).toEqual([]);
});

test("fonts that every page asks for are small", () => {
  const bytes = readFontBytes();
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(MAX_FONT_BYTES);
});
