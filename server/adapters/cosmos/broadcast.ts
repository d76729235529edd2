import { toBase64 } from "@cosmjs/encoding";
import { transactionHashOf } from "@/lib/chain/build-transaction";
import { isAppError, timedOut, upstreamRejected } from "@/server/kernel/errors";
import { safeText } from "@/server/kernel/safe-text";
import type { CallOptions } from "@/server/ports/call-options";
import { EndpointFailure } from "./chain-errors";
import type { EndpointPool } from "./endpoint-pool";
import { isAlreadyKnown, refusalOf, refusalSentence } from "./refusals";
import { postRest } from "./rest-api";
import { restBroadcast, restSimulate } from "./rest-schemas";

/** A chain's own words are shown up to this length. */
const REASON_LENGTH = 400;
/** Where in the SDK's source it happened says nothing to whom it is told. */
const SOURCE_PLACE = /\s*\[[\w@./~-]+\.go:\d+\]/g;
const reasonText = (text: string): string =>
  safeText(text.replace(SOURCE_PLACE, ""), REASON_LENGTH).replace(/\s+/g, " ").trim();

/** Connection failures in which not one byte of ours was taken. */
const NEVER_ARRIVED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** Sends signed bytes, to the next endpoint too when one fails: the same bytes are the same transaction everywhere. */
export async function broadcastTx(
  pool: EndpointPool,
  txBytes: Uint8Array,
  options: CallOptions,
): Promise<{ readonly txHash: string }> {
  const txHash = transactionHashOf(txBytes);
  const body = { tx_bytes: toBase64(txBytes), mode: "BROADCAST_MODE_SYNC" };
  let mayHaveArrived = false;
  try {
    await pool.ask("rest", options, async (endpoint, limits) => {
      const path = "/cosmos/tx/v1beta1/txs";
      try {
        const question = {
          path,
          schema: restBroadcast,
          body,
          refused: (code: number, reason: string) => notTaken(txHash, "grpc", code, reason),
        };
        const { tx_response } = await postRest(endpoint, question, limits);
        const { code, codespace, raw_log } = tx_response;
        if (code !== 0 && !isAlreadyKnown(codespace, code)) throw notTaken(txHash, codespace, code, raw_log);
      } catch (thrown) {
        if (thrown instanceof EndpointFailure && !NEVER_ARRIVED.has(connectionCode(thrown))) mayHaveArrived = true;
        throw thrown;
      }
    });
    return { txHash };
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    // After a lost answer, "wrong sequence" from another endpoint is what one hears when the first did take it.
    const isDecided = thrown.code === "chain.transaction_refused" && thrown.details.refusal !== "sequence_mismatch";
    if (!mayHaveArrived || isDecided) throw thrown;
    throw timedOut(
      "chain.broadcast_unknown",
      "The chain may or may not have taken the transaction. It is looked for by its hash; do not send it anew.",
      {
        details: { txHash },
        cause: thrown,
      },
    );
  }
}

/** Runs signed or unsigned bytes without committing them. @throws AppError `chain.simulation_refused` */
export async function simulateTx(
  pool: EndpointPool,
  txBytes: Uint8Array,
  options: CallOptions,
): Promise<{ readonly gasUsed: bigint }> {
  const { out } = await pool.ask("rest", options, (endpoint, limits) =>
    postRest(
      endpoint,
      {
        path: "/cosmos/tx/v1beta1/simulate",
        schema: restSimulate,
        body: { tx_bytes: toBase64(txBytes) },
        refused: (code, reason) =>
          upstreamRejected(
            "chain.simulation_refused",
            `The chain would refuse this transaction; nothing was sent. ${saidByChain(reason)}`,
            {
              details: { grpcCode: code, reason: reasonText(reason) },
            },
          ),
      },
      limits,
    ),
  );
  return { gasUsed: out.gas_info.gas_used };
}

function saidByChain(reason: string): string {
  const words = reasonText(reason);
  return words === "" ? "It gives no reason." : `It says: ${words}`;
}

function notTaken(txHash: string, codespace: string, code: number, reason: string) {
  const refusal = refusalOf(codespace, code);
  return upstreamRejected("chain.transaction_refused", `${refusalSentence(refusal)} ${saidByChain(reason)}`, {
    details: { txHash, codespace, chainCode: code, refusal, reason: reasonText(reason) },
  });
}

function connectionCode(failure: EndpointFailure): string {
  const thrown = failure.cause;
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
