import "server-only";
import { cache } from "react";
import { readOrNotFound } from "@/app/first-read";
import { api } from "@/server/trpc/server";

/** The published validator and its network, once for page, title and picture; the not-found page for every other one. */
export const readPublicValidator = cache(async (operator: string) => {
  const caller = await api();
  const operatorAddress = decodeURIComponent(operator);
  const validator = await readOrNotFound(caller.validators.getPublicValidator({ operatorAddress }));
  const network = await readOrNotFound(caller.chain.getNetwork({ networkId: validator.networkId }));
  return { caller, validator, network };
});
