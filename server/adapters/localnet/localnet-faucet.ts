import { SigningCosmWasmClient } from "@cosmjs/cosmwasm-stargate";
import { stringToPath } from "@cosmjs/crypto";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { BroadcastTxError, GasPrice } from "@cosmjs/stargate";
import { type AppError, timedOut, upstreamRejected, upstreamUnavailable } from "@/server/kernel/errors";
import type { Faucet } from "@/server/ports/faucet";
import { withDeadline } from "@/server/ports/with-deadline";
import { readFaucetAccount, readLocalnetFacts } from "./localnet-facts";

const DENOM = "omniphi";
const PREFIX = "omni";
/** SLIP-44 coin type 60 with plain secp256k1, as the chain's own keyring derives. */
const HD_PATH = stringToPath("m/44'/60'/0'/0/0");
const GAS_PRICE = "0.025omniphi";
/** A transfer is in a block within two blocks' time; less than a request may take, so that who asked hears of it. */
const DRIP_DEADLINE_MS = 20_000;

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

/** Pays from the localnet's faucet account; drips of this process queue, since they share one sequence. */
export function createLocalnetFaucet(options: {
  readonly localnetHome: string | undefined;
  readonly chainId: string;
}): Faucet {
  let queue: Promise<unknown> = Promise.resolve();

  const send = async (address: string, amountBaseUnits: bigint): Promise<{ txHash: string }> => {
    const home = options.localnetHome;
    if (home === undefined)
      throw upstreamUnavailable("faucet.unavailable", "This installation runs no local chain, so it has no faucet.");
    const facts = await readLocalnetFacts(home);
    const { mnemonic } = await readFaucetAccount(home);
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix: PREFIX, hdPaths: [HD_PATH] });
    const [account] = await wallet.getAccounts();
    if (!account) throw upstreamUnavailable("faucet.unavailable", "The faucet's account cannot be read.");
    const client = await SigningCosmWasmClient.connectWithSigner(`http://127.0.0.1:${facts.rpcPort}`, wallet, {
      gasPrice: GasPrice.fromString(GAS_PRICE),
    }).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    try {
      const amount = [{ denom: DENOM, amount: amountBaseUnits.toString() }];
      const sent = await client.sendTokens(account.address, address, amount, 1.5).catch((thrown: unknown) => {
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

  return {
    chainId: options.localnetHome === undefined ? null : options.chainId,
    drip: (input, callOptions) => {
      const ends = { onTimeout: () => tooLate(), onAbort: () => unavailable() };
      const mine = queue.then(() =>
        withDeadline({ options: callOptions, defaultMs: DRIP_DEADLINE_MS, ...ends }, () =>
          send(input.address, input.amountBaseUnits),
        ),
      );
      queue = mine.then(
        () => undefined,
        () => undefined,
      );
      return mine;
    },
  };
}
