import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { TRANSACTION_STEPS, TRANSACTION_TIMEOUT_MINUTES } from "../constants";
import { transactionAccepted } from "../events";
import {
  isDecided,
  recordOutcomeOf,
  sendAccepted,
  type TransactionLook,
  watchTransaction,
} from "../transactions/send-accepted";

const LOOK_EVERY_MS = 2_000;

/**
 * Brings an accepted transaction to the chain and its answer back. The signed bytes were kept before this began, so a crash anywhere sends the
 * same transaction again, never another one. Each look sends what no block has and is still valid once more.
 */
export const sendTransaction = defineWork<Ports>()({
  id: "chain.send-transaction",
  on: [transactionAccepted],
  subject: "transactionId",
  words: TRANSACTION_STEPS,
  steps: {
    send: {
      run: async (ctx, { data: { transactionId } }) => ({
        isOver: (await sendAccepted(ctx, { transactionId })).outcome === "refused",
      }),
    },
    look: {
      run: async (ctx, { data: { transactionId } }) => {
        const found = await watchTransaction(ctx, { transactionId });
        return { isWaiting: !isDecided(found), kept: found };
      },
      look: { everyMs: LOOK_EVERY_MS, forMinutes: TRANSACTION_TIMEOUT_MINUTES },
    },
    record: {
      run: async (ctx, { data: { transactionId }, kept }) => {
        await recordOutcomeOf(ctx, { transactionId }, kept.look as TransactionLook);
        return {};
      },
    },
  },
  concurrency: { oneAtATimeBy: "transactionId" },
  tries: 11,
  isOnce: true,
  stalled: { because: "the sweep of transactions takes each up itself, by one look and one sending" },
});
