import { listValidatorFacts, silentNetworks, watchValidators } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { pagesById, SweepPage } from "@/server/kernel/pages-by-id";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { stopRetiredNode } from "../nodes/stop-retired-node";
import { endIfGone } from "./end-setup";
import { chainRefOf, isMissedByChain, isShutOut } from "./missed-by-chain";
import { releaseEnded } from "./release-ended";
import { listSetupsOnChain, type SetupRow } from "./repository";

/** Has chain tell of the stake of validators that are ours; each is asked for once, and again where its record was thrown away. */
async function watchUnwatched(
  ctx: ServiceCtx,
  setups: readonly SetupRow[],
  facts: Awaited<ReturnType<typeof listValidatorFacts>>,
): Promise<void> {
  const wanted = setups.filter(({ status }, place) => status === "active" && facts[place]?.seen?.isWatched === false);
  for (const networkId of new Set(wanted.map((setup) => setup.networkId))) {
    const operatorAddresses = wanted.flatMap((setup) => (setup.networkId === networkId ? [setup.operatorAddress] : []));
    await watchValidators(ctx, { networkId, operatorAddresses });
  }
}

/**
 * Ends what the chain has no more, and stops the nodes of what can never sign again: one that ended, and one whose key was shut out for signing
 * twice. Repeats safely, also beside another one at the same time.
 */
export const retireValidators = defineFlow<Ports>()({
  verb: "validators.retire",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const networks = silentNetworks(ctx.logger, "validators.retire.failed");
    let ended = 0;
    let stopped = 0;
    for await (const page of pagesById(pageSize, (afterId) => listSetupsOnChain(ctx.db, afterId, pageSize))) {
      const facts = await listValidatorFacts(ctx.db, page.map(chainRefOf));
      await watchUnwatched(ctx, page, facts);
      for (const [place, setup] of page.entries()) {
        const known = facts[place];
        if (!known) continue;
        const ref = { setupRequestId: setup.id };
        let isOver = setup.status === "ended" || isShutOut(setup, known);
        if (setup.status === "active" && isMissedByChain(setup, known, ctx.now())) {
          const end = await networks.ask(setup.networkId, ref, () => endIfGone(ctx, ref));
          if (end?.isEnded) ended += 1;
          isOver ||= end?.isEnded === true;
        }
        if (setup.status === "ended") await releaseEnded(ctx, ref);
        if (isOver && (await stopRetiredNode(ctx, ref)).isStopping) stopped += 1;
      }
    }
    return { ended, stopped };
  },
});
