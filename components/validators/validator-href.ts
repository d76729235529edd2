import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { hasBeenOnChain } from "@/server/domains/validators/states";

/** Where a validator's row leads within its organisation: its setup until the chain has it, then its own page. */
export const validatorHref = (setup: Pick<SetupRequestView, "id" | "status">): string =>
  hasBeenOnChain(setup.status) ? `/validators/${setup.id}` : `/validators/${setup.id}/setup`;
