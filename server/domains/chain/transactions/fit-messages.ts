import { fromBase64 } from "@cosmjs/encoding";
import { simulationTxBytes } from "@/lib/chain/build-transaction";
import { gasLimitFrom } from "@/lib/chain/gas";
import type { BuiltMessage } from "@/lib/chain/messages/built-message";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { accountUnfunded } from "../errors";

/**
 * As many of the messages, from the first on, as one transaction may hold by the chain's own count of gas: all are simulated, and what is too much
 * is cut by the share that it is over, until it fits. One message alone is left to the builder to refuse.
 * @throws conflict chain.account_unfunded, upstream_rejected chain.simulation_refused
 */
export async function fitMessages(
  { chains }: Pick<Ports, "chains">,
  request: {
    readonly network: ChainNetwork;
    readonly signerAddress: string;
    readonly pubkeyBase64: string;
    readonly messages: readonly BuiltMessage[];
  },
): Promise<readonly BuiltMessage[]> {
  const chain = chains.forNetwork(request.network);
  const [account, { maxTxGas, maxBlockGas }] = await Promise.all([
    chain.account(request.signerAddress, { maxAgeMs: 0 }),
    chain.gasFacts(),
  ]);
  if (!account.exists) throw accountUnfunded();
  const ceiling = maxTxGas ?? maxBlockGas;
  let messages = request.messages;
  while (ceiling !== null && messages.length > 1) {
    const { gasUsed } = await chain.simulate(
      simulationTxBytes({
        chainId: request.network.chainId,
        accountNumber: account.accountNumber,
        sequence: account.sequence,
        pubkey: fromBase64(request.pubkeyBase64),
        messages,
        memo: "",
      }),
    );
    const limit = gasLimitFrom(gasUsed);
    if (limit <= ceiling) break;
    const share = Number((BigInt(messages.length) * ceiling) / limit);
    messages = messages.slice(0, Math.max(1, Math.min(share, messages.length - 1)));
  }
  return messages;
}
