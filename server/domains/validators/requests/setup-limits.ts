import type { CommandCtx } from "@/server/kernel/context";
import { SETUP_LIMITS } from "../constants";
import { tooManySetups } from "../errors";
import { countSetups, lockSetupCounts } from "./repository";

/**
 * Makes sure that one more node may be begun by that person in that organisation. Whoever asks at the same moment waits here until the first one's
 * row is written, so that no number of requests at once comes past a limit. @throws limit_exceeded validators.too_many_setups
 */
export async function assertMayBegin(
  ctx: CommandCtx<string | null>,
  who: { readonly organizationId: string; readonly userId: string },
): Promise<void> {
  await lockSetupCounts(ctx.tx, who);
  const counts = await countSetups(ctx.tx, who);
  const reached = SETUP_LIMITS.find(({ of, state, max }) => counts[of][state] >= max);
  if (reached) throw tooManySetups(reached);
}
