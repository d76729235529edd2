import type { z } from "zod";
import { acceptSigned, findAccepted, networkOf } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import { subjectOf } from "../constants";
import { actNotFound, notPrepared } from "../errors";
import { Act, SubmitActInput } from "../schemas";
import { actMachine } from "./machine";
import { findAct, lockAct } from "./repository";
import { toAct } from "./to-act";

/** Under the act's lock: of two tabs that send at once the second finds what the first left. The same bytes again are answered the same. */
const acceptAct = defineChange(
  "staking.accept-act",
  async (
    ctx: CommandCtx,
    { actId, txBytes, chainId }: z.output<typeof SubmitActInput> & { readonly chainId: string },
  ): Promise<Act> => {
    const act = await lockAct(ctx.tx, ctx.organizationId, actId);
    if (!act) throw actNotFound(actId);
    const signed = { subject: subjectOf(act.id), txBytes };
    if (await findAccepted(ctx, signed)) return toAct(act);
    if (act.status !== "prepared") throw notPrepared(act.status);
    const { txHash } = await acceptSigned(ctx, { ...signed, chainId });
    const patch = { txHash, submittedAt: ctx.now };
    return toAct(await move(ctx, actMachine, act, "submitted", { patch }));
  },
);

/**
 * Takes the signed act; durable work sends it. @throws not_found staking.act_not_found, invalid_state staking.not_prepared, invalid
 * chain.signed_other_bytes, chain.bad_signature, conflict chain.nothing_prepared, chain.signer_busy
 */
export const submitAct = defineFlow()({
  verb: "staking.submit-act",
  scope: "staking:write",
  tenancy: "organization",
  input: SubmitActInput,
  output: Act,
  run: async (ctx, input): Promise<Act> => {
    const act = await findAct(ctx.db, ctx.organizationId, input.actId);
    if (!act) throw actNotFound(input.actId);
    const { network } = await networkOf(ctx, act.networkId);
    return acceptAct(ctx, { ...input, chainId: network.chainId });
  },
});
