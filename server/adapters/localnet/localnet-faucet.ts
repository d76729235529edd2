import { join } from "node:path";
import { SigningCosmWasmClient } from "@cosmjs/cosmwasm-stargate";
import { stringToPath } from "@cosmjs/crypto";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { BroadcastTxError, calculateFee, GasPrice } from "@cosmjs/stargate";
import { MsgSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { type AppError, timedOut, upstreamRejected, upstreamUnavailable } from "@/server/kernel/errors";
import type { Faucet } from "@/server/ports/faucet";
import { withDeadline } from "@/server/ports/with-deadline";
import { createDripQueue, type Drip } from "./drip-queue";
import { readFaucetAccount, readLocalnetFacts } from "./localnet-facts";

/** A transfer is in a block within two blocks' time; less than a request may take, so that who asked hears of it. */
const DRIP_DEADLINE_MS = 20_000;

/** The chain that is paid on: what the folder must hold, and the folder. */
type Place = Pick<Parameters<Faucet["drip"]>[0], "localnetHome" | "chainId">;

const unavailable = (cause?: unknown) =>
  upstreamUnavailable(
    "faucet.unavailable",
    "The local chain does not answer, so nothing was sent. Try again when it runs.",
    { cause },
  );
const tooLate = (cause?: unknown) =>
  timedOut(
    "faucet.timeout",
    "The local chain did not confirm the transfer in time. It may still arrive; look at the balance before asking again.",
    { cause },
  );

/** What cosmjs throws while it sends, as ours. Where it does not say that the chain refused, nobody knows whether the transfer was taken. */
function toFaucetError(thrown: unknown): AppError {
  if (!(thrown instanceof BroadcastTxError)) return tooLate(thrown);
  return upstreamRejected("faucet.refused", `The chain refused the transfer (code ${thrown.code}).`, {
    details: { chainCode: thrown.code },
    cause: thrown,
  });
}

/** Nothing was sent yet: either the chain says why it would refuse, or it does not answer. */
function toSimulationError(thrown: unknown): AppError {
  if (!(thrown instanceof Error && thrown.message.startsWith("Query failed"))) return unavailable(thrown);
  return upstreamRejected("faucet.refused", "The chain would refuse the transfer, so nothing was sent.", {
    cause: thrown,
  });
}

const ENDS = { onTimeout: () => tooLate(), onAbort: () => unavailable() };

/** Pays from a local chain's faucet account; who asks while another is paid waits in `drip-queue.ts`. */
export function createLocalnetFaucet(): Faucet {
  const queues = new Map<string, ReturnType<typeof createDripQueue>>();

  const send = async ({ localnetHome, chainId }: Place, drips: readonly Drip[]): Promise<{ txHash: string }> => {
    const facts = await readLocalnetFacts(localnetHome);
    if (facts.chainId !== chainId) {
      throw upstreamUnavailable(
        "faucet.unavailable",
        `The local chain there is ${facts.chainId} now and not ${chainId}, so nothing was sent. Choose that network.`,
      );
    }
    const { mnemonic } = await readFaucetAccount(localnetHome);
    // Plain secp256k1, as the chain's own keyring derives.
    const hdPaths = [stringToPath(`m/44'/${facts.coinType}'/0'/0/0`)];
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix: facts.accountPrefix, hdPaths });
    const [account] = await wallet.getAccounts();
    if (!account) throw upstreamUnavailable("faucet.unavailable", "The faucet's account cannot be read.");
    const gasPrice = GasPrice.fromString(`${facts.gasPriceDec}${facts.baseDenom}`);
    const client = await SigningCosmWasmClient.connectWithSigner(`http://127.0.0.1:${facts.rpcPort}`, wallet, {
      gasPrice,
    }).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    try {
      const messages = drips.map(({ address, amountBaseUnits }) => ({
        typeUrl: "/cosmos.bank.v1beta1.MsgSend",
        value: MsgSend.fromPartial({
          fromAddress: account.address,
          toAddress: address,
          amount: [{ denom: facts.baseDenom, amount: amountBaseUnits.toString() }],
        }),
      }));
      const gas = await client.simulate(account.address, messages, undefined).catch((thrown: unknown) => {
        throw toSimulationError(thrown);
      });
      const fee = calculateFee(Math.ceil(gas * 1.5), gasPrice);
      const sent = await client.signAndBroadcast(account.address, messages, fee).catch((thrown: unknown) => {
        throw toFaucetError(thrown);
      });
      if (sent.code !== 0) {
        throw upstreamRejected("faucet.refused", `The chain refused the transfer (code ${sent.code}).`, {
          details: { chainCode: sent.code },
        });
      }
      return { txHash: sent.transactionHash };
    } finally {
      client.disconnect();
    }
  };

  const queueOf = (place: Place) => {
    const key = `${place.chainId} ${place.localnetHome}`;
    const kept = queues.get(key);
    if (kept) return kept;
    const made = createDripQueue({
      send: (drips) =>
        withDeadline({ options: undefined, defaultMs: DRIP_DEADLINE_MS, ...ENDS }, () => send(place, drips)),
      lockPath: () => join(place.localnetHome, "faucet.lock"),
      waitMs: DRIP_DEADLINE_MS,
    });
    queues.set(key, made);
    return made;
  };

  return {
    drip: ({ localnetHome, chainId, address, amountBaseUnits }, callOptions) =>
      // The queue has its own end for who waits; this one is for who is being paid, and for a caller who goes.
      withDeadline({ options: callOptions, defaultMs: 2 * DRIP_DEADLINE_MS, ...ENDS }, () =>
        queueOf({ localnetHome, chainId }).drip({ address, amountBaseUnits }),
      ),
  };
}
