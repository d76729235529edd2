import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { lockSetup, updateSetup } from "./repository";

/** What a request says whose transaction was taken and is not answered for. */
export const ON_ITS_WAY = "The signed transaction is on its way to the chain.";
const SILENT =
  "The signed transaction is kept, and is sent as soon as the chain answers: nothing has to be signed again. ";

/** Tells whose transaction waits why nothing moves while its chain is silent, and takes the words back once it answers. Words only: no state changes. */
export const noteSilence = defineChange(
  "validators.note-silence",
  async (
    ctx: CommandCtx<string | null>,
    { setupRequestId, reason }: { readonly setupRequestId: string; readonly reason: string | null },
  ) => {
    const setup = await lockSetup(ctx.tx, null, setupRequestId);
    if (setup?.status !== "chain_tx_pending") return;
    const isSaid = setup.statusMessage.startsWith(SILENT);
    if (reason === null && !isSaid) return;
    const statusMessage = reason === null ? ON_ITS_WAY : `${SILENT}${reason}`;
    if (statusMessage !== setup.statusMessage) await updateSetup(ctx.tx, setup.id, { statusMessage });
  },
  { telemetry: true },
);
