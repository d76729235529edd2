import { CHAIN_STANDINGS, SETUP_STANDINGS, type StandingState } from "@/server/domains/validators/constants";
import { isProvisioning } from "@/server/domains/validators/states";

/** Its node is being made. */
export const isSettingUp = (state: StandingState): boolean =>
  SETUP_STANDINGS.some((known) => known === state && isProvisioning(known));

/** The chain has it, or had it when it was last looked at, and may have it sign again. */
export const isOnChain = (state: StandingState): boolean =>
  state !== "tombstoned" && state !== "gone" && CHAIN_STANDINGS.some((known) => known === state);
