import { setTimeout as delay } from "node:timers/promises";
import { toBase64 } from "@cosmjs/encoding";
import { formatBech32Address } from "@/lib/chain/bech32-address";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork, ChainNode } from "@/server/ports/chain-node";
import { OMNI_PREFIXES } from "../factories/validators";
import { FakeChain } from "../fakes/chain-node";

const LOOK_MS = 50;
/** The one who signs every block; its keys matter to nobody. */
const GENESIS_OPERATOR = formatBech32Address(OMNI_PREFIXES.validator, new Uint8Array(20).fill(7));

type Watched = Pick<
  ChainNode,
  | "block"
  | "commit"
  | "consensusValidators"
  | "validatorSet"
  | "signingInfos"
  | "slashes"
  | "slashingParams"
  | "upgradePlan"
  | "subscribeBlocks"
  | "endpointHealth"
>;

/** The past of a fake chain as the watcher reads it. */
export type FakeHistory = { of(network: ChainNetwork): Watched };

/**
 * Blocks up to that height, signed by one validator. They follow from the chain id alone, so that every process tells the same history, also one
 * that was killed and started again. `height` throws while the chain is down.
 */
export function createFakeHistory(chainId: string, height: () => bigint): FakeHistory {
  const chain = new FakeChain({ chainId });
  chain.ledger.addValidator(GENESIS_OPERATOR, toBase64(new Uint8Array(32).fill(1)), 100_000_000n, {
    moniker: "genesis",
  });
  const grown = (): bigint => {
    const target = height();
    if (target > chain.heightBlocks) chain.advance(Number(target - chain.heightBlocks));
    return target;
  };
  async function* subscribe(signal: AbortSignal) {
    let told = 0n;
    while (!signal.aborted) {
      try {
        const heightBlocks = grown();
        if (heightBlocks > told) {
          told = heightBlocks;
          yield { heightBlocks, via: "subscription" as const };
        }
      } catch (thrown) {
        // A subscription to a chain that is down is silent.
        if (!isAppError(thrown)) throw thrown;
      }
      await delay(LOOK_MS, undefined, { signal }).catch(() => {});
    }
  }
  return {
    of: (network) => {
      const node = chain.node(network);
      const read =
        <Args extends readonly unknown[], Out>(answer: (...args: Args) => Promise<Out>) =>
        async (...args: Args): Promise<Out> => {
          grown();
          return answer(...args);
        };
      return {
        block: read(node.block),
        commit: read(node.commit),
        consensusValidators: read(node.consensusValidators),
        validatorSet: read(node.validatorSet),
        signingInfos: read(node.signingInfos),
        slashes: read(node.slashes),
        slashingParams: read(node.slashingParams),
        upgradePlan: read(node.upgradePlan),
        subscribeBlocks: ({ signal }) => subscribe(signal),
        endpointHealth: node.endpointHealth,
      };
    },
  };
}
