import { listValidatorFacts, networkOf } from "@/server/domains/chain";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { setupRequestNotFound } from "../errors";
import { readValidatorOnChain } from "./ask-chain";
import { setupMachine } from "./machine";
import { chainRefOf, isMissedByChain } from "./missed-by-chain";
import { lockSetup } from "./repository";
import { requireAnySetup } from "./setup-facts";

type Found = {
  readonly setupRequestId: string;
  /** Height at which the chain was asked. */
  readonly heightBlocks: string;
  /** Whether the operator is there again with another key, which is another validator. */
  readonly isReplaced: boolean;
};

/** Ends the request; of two sweeps that found it at once, the second finds it ended. */
const recordEnd = defineChange(
  "validators.end-setup",
  async (ctx: CommandCtx<string | null>, { setupRequestId, heightBlocks, isReplaced }: Found) => {
    const setup = await lockSetup(ctx.tx, null, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    if (setup.status !== "active") {
      ctx.audit({
        action: "validators.setup_request.end_known",
        targetType: "setup_request",
        targetId: setup.id,
        organizationId: setup.organizationId,
      });
      return { isEnded: false };
    }
    const why = isReplaced
      ? "The chain has another key for this operator: what was made here is there no more"
      : "The chain has this validator no more";
    await move(ctx, setupMachine, setup, "ended", {
      reason: isReplaced ? "validators.replaced_on_chain" : "validators.gone_from_chain",
      patch: { statusMessage: `${why}.`, endedAt: ctx.now },
      story: {
        type: "activity",
        message: `${why}; asked at block ${heightBlocks}. Its node is stopped, its volume with key and sign state is kept, and its wallet is free for another validator.`,
        details: { heightBlocks, mark: "attention" },
      },
    });
    return { isEnded: true };
  },
);

/**
 * Ends an active request whose validator the chain has no more. Three words are needed: the watcher's whole looks have gone on without it, and the
 * chain, asked now, has no such operator or another key for it. A read that fails says nothing, and is thrown.
 */
export async function endIfGone(
  ctx: ServiceCtx<Ports>,
  { setupRequestId }: { readonly setupRequestId: string },
): Promise<{ readonly isEnded: boolean }> {
  const setup = await requireAnySetup(ctx.db, setupRequestId);
  if (setup.status !== "active") return { isEnded: false };
  const [facts] = await listValidatorFacts(ctx.db, [chainRefOf(setup)]);
  if (!facts || !isMissedByChain(setup, facts, ctx.now())) return { isEnded: false };
  const { network } = await networkOf(ctx, setup.networkId);
  const { latestHeightBlocks } = await ctx.ports.chains.forNetwork(network).status({ maxAgeMs: 0 });
  // An endpoint that is behind the looks could be of the time before the validator was made.
  if (facts.lookedAtHeightBlocks !== null && latestHeightBlocks < facts.lookedAtHeightBlocks) return { isEnded: false };
  const shown = await readValidatorOnChain(ctx.ports, network, setup.operatorAddress, { maxAgeMs: 0 });
  if (shown !== null && shown.consensusPubkey === setup.consensusPubkey) return { isEnded: false };
  return recordEnd(ctx, {
    setupRequestId: setup.id,
    heightBlocks: latestHeightBlocks.toString(),
    isReplaced: shown !== null,
  });
}
