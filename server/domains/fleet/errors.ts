import { conflict, invalid, limitExceeded, notFound } from "@/server/kernel/errors";

export const bulkRunNotFound = (id: string) =>
  notFound("fleet.bulk_run_not_found", "There is no such bulk run. Choose one of the list.", { details: { id } });

export const tooManyRows = (limit: number) =>
  limitExceeded(
    "fleet.too_many_nodes",
    `More than ${limit} nodes have these filters, and one run takes ${limit}. Filter more narrowly, or do it in parts.`,
    { details: { limit } },
  );

export const nothingSelected = () =>
  invalid("fleet.nothing_selected", "No node is selected. Select some, or filter so that there are some.");

/** 409: what was typed is not what would happen now. */
export const planChanged = (expected: string) =>
  conflict(
    "fleet.plan_changed",
    `What would happen has changed since it was shown, or the confirmation is another: it reads "${expected}" now. Look at the plan again.`,
    { details: { expected } },
  );

/** Ends a dry run, so that all it did is taken back. */
export const dryRunEnded = () => conflict("fleet.dry_run_ended", "A dry run was taken back.");

/** A newer wish, or another process, has the run or the row. */
export const overtaken = () => conflict("fleet.superseded", "The bulk run was paused, resumed or cancelled meanwhile.");

/** Another run took the place, or the share of voting power, between the look and the ask: the row waits on. */
export const noRoom = () => conflict("fleet.no_room", "As many nodes as may be away are away. It waits for its turn.");
