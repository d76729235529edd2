import type { SetupRequestView } from "@/server/domains/validators/schemas";

/** Where a validator's row leads within its organisation: its setup until it is active, then its own page. */
export const validatorHref = (setup: Pick<SetupRequestView, "id" | "status">): string =>
  setup.status === "active" ? `/validators/${setup.id}` : `/validators/${setup.id}/setup`;
