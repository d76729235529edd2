import { SigningCosmWasmClient } from "@cosmjs/cosmwasm-stargate";
import { stringToPath } from "@cosmjs/crypto";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { BroadcastTxError, GasPrice } from "@cosmjs/stargate";
import { type AppError, timedOut, upstreamRejected, upstreamUnavailable } from "@/server/kernel/errors";
import type { Faucet } from "@/server/ports/faucet";
import { withDeadline } from "@/server/ports/with-deadline";
import { readFaucetAccount, readLocalnetFacts } from "./localnet-facts";

/** A transfer is in a block within two blocks' time; less than a request may take, so that who asked hears of it. */
const DRIP_DEADLINE_MS = 20_000;

type Drip = Parameters<Faucet["drip"]>[0];

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

/** Pays from a local chain's faucet account; drips of this process on one chain queue, since they share one sequence. */
export function createLocalnetFaucet(): Faucet {
  const queues = new Map<string, Promise<unknown>>();

  const send = async ({ localnetHome, chainId, address, amountBaseUnits }: Drip): Promise<{ txHash: string }> => {
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
    const client = await SigningCosmWasmClient.connectWithSigner(`http://127.0.0.1:${facts.rpcPort}`, wallet, {
      gasPrice: GasPrice.fromString(`${facts.gasPriceDec}${facts.baseDenom}`),
    }).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    try {
      const amount = [{ denom: facts.baseDenom, amount: amountBaseUnits.toString() }];
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
    drip: (input, callOptions) => {
      const ends = { onTimeout: () => tooLate(), onAbort: () => unavailable() };
      const { localnetHome } = input;
      const mine = (queues.get(localnetHome) ?? Promise.resolve()).then(() =>
        withDeadline({ options: callOptions, defaultMs: DRIP_DEADLINE_MS, ...ends }, () => send(input)),
      );
      queues.set(
        localnetHome,
        mine.then(
          () => undefined,
          () => undefined,
        ),
      );
      return mine;
    },
  };
}
