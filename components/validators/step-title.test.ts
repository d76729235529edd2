import { expect, it } from "vitest";
import {
  NEWS_STEPS,
  NODE_OPERATION_STEPS,
  PROVISION_STEPS,
  RELEASE_STEPS,
  SETTLE_STEPS,
} from "@/server/domains/validators/constants";
import { stepTitle } from "./step-title";

const ALL = [...PROVISION_STEPS, ...NODE_OPERATION_STEPS, ...RELEASE_STEPS, ...SETTLE_STEPS, ...NEWS_STEPS];

it.each(ALL)("calls the step $id by its own title", ({ id, title }) => {
  expect(stepTitle(id)).toBe(title);
});

it("leaves the id of a step that nothing declares any more", () => {
  expect(stepTitle("of-last-year")).toBe("of-last-year");
});
