import { operatorAddressOf } from "@/lib/chain/bech32-address";
import type { Ports } from "@/server/ports/ports";
import { chainActor } from "../chain-actor";
import { createPerson, type SignedInPerson } from "../factories/identity";
import { createTestNetwork } from "../factories/validators";
import { FakeChain, fakeChainNodes } from "../fakes/chain-node";
import { createTestRuntime, type TestRuntime } from "../test-runtime";
import { type Holder, holderOf } from "./act-stage";

const OMNI = 1_000_000n;

/** Acts on a chain in memory with two validators that nobody here operates. */
export type FakeActStage = {
  readonly runtime: TestRuntime;
  readonly chain: FakeChain;
  readonly networkId: string;
  readonly operators: readonly [string, string];
  createHolder(options?: { readonly fundBaseUnits?: bigint; readonly person?: SignedInPerson }): Promise<Holder>;
  close(): Promise<void>;
};

export const operatorOf = (address: string): string =>
  operatorAddressOf(address, { account: "omni", validator: "omnivaloper" });

export async function createFakeActStage(ports: Partial<Ports> = {}): Promise<FakeActStage> {
  const chain = new FakeChain();
  const operators = [operatorOf((await chainActor()).address), operatorOf((await chainActor()).address)] as const;
  for (const [index, operator] of operators.entries()) {
    chain.ledger.addValidator(operator, btoa(`${index}`.repeat(32)), 300n * OMNI, { moniker: `Lighthouse ${index}` });
  }
  chain.advance(3);
  const runtime = await createTestRuntime({ ports: { chains: fakeChainNodes(chain), ...ports } });
  const { networkId } = await createTestNetwork(runtime);
  return {
    runtime,
    chain,
    networkId,
    operators,
    createHolder: async ({ fundBaseUnits = 100n * OMNI, person } = {}) => {
      const holder = holderOf(runtime, networkId, person ?? (await createPerson(runtime)));
      if (fundBaseUnits > 0n) chain.ledger.credit(holder.address, fundBaseUnits);
      return holder;
    },
    close: () => runtime.close(),
  };
}
