import {
  NEWS_STEPS,
  NODE_OPERATION_STEPS,
  PROVISION_STEPS,
  RELEASE_STEPS,
  SETTLE_STEPS,
} from "@/server/domains/validators/constants";

const TITLES: ReadonlyMap<string, string> = new Map(
  [...PROVISION_STEPS, ...NODE_OPERATION_STEPS, ...RELEASE_STEPS, ...SETTLE_STEPS, ...NEWS_STEPS].map((step) => [
    step.id,
    step.title,
  ]),
);

/** What people call a step of any work of this domain; a step that is no longer made keeps the id by which it was noted. */
export const stepTitle = (id: string): string => TITLES.get(id) ?? id;
