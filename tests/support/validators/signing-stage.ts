import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { signedTxBytes } from "@/lib/chain/build-transaction";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import type { PreparedTransaction } from "@/server/domains/chain/transactions/schemas";
import { recordOutcomeOf, sendAccepted, watchTransaction } from "@/server/domains/chain/transactions/send-accepted";
import { seedRegions } from "@/server/domains/regions";
import {
  confirmOnChain,
  getSetupRequest,
  prepareTransaction,
  settleTransactions,
  submitTransaction,
} from "@/server/domains/validators";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import type { ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { createTestSetup, makeReadyToSign } from "@/tests/support/factories/validators";
import { type ChainActor, chainActor, fund } from "../chain-actor";
import { eventually } from "../eventually";
import { createPerson, type SignedInPerson } from "../factories/identity";
import { registerTestNetwork } from "../factories/networks";
import { type Localnet, sharedLocalnet } from "../localnet";
import { createTestRuntime, type TestRuntime } from "../test-runtime";
import { createLossyRest, type LossyRest } from "./lossy-rest";

/** Somebody whose node is ready and who has yet to sign. */
export type Signer = SignerSetup & {
  readonly consensusPubkey: string;
  view(): Promise<SetupRequestView>;
  prepare(): Promise<PreparedTransaction>;
  submit(txBytes: Uint8Array): ReturnType<typeof submitTransaction>;
};

/** Requests that wait for a signature, and the real local chain that will judge it. Their nodes are left out: nothing here asks them. */
export type SigningStage = {
  readonly runtime: TestRuntime;
  readonly localnet: Localnet;
  readonly chain: ChainNode;
  readonly rest: LossyRest;
  createSigner(options?: { fundBaseUnits?: bigint; selfDelegation?: string; networkId?: string }): Promise<Signer>;
  /** What the durable functions do with an accepted transaction, to its end. */
  deliver(signer: Signer, transactionId: string): Promise<{ outcome: string }>;
  close(): Promise<void>;
};

const OMNI = 1_000_000n;

/** The signed bytes of what was prepared. */
export const sign = (actor: ChainActor, prepared: PreparedTransaction): Uint8Array =>
  signedTxBytes({
    bodyBytes: fromBase64(prepared.bodyBytes),
    authInfoBytes: fromBase64(prepared.authInfoBytes),
    signature: actor.sign(fromBase64(prepared.signBytes)),
  });

/** A funded wallet and its pending request for a validator. */
export type SignerSetup = {
  readonly person: SignedInPerson;
  readonly actor: ChainActor;
  readonly setupRequestId: string;
};

/** Makes a person, a wallet with coins, and the request; provisioning may begin at once. */
export async function createSignerSetup(
  runtime: TestRuntime,
  localnet: Localnet,
  networkId: string,
  options: { fundBaseUnits?: bigint; selfDelegation?: string; runtime?: "process" | "docker" } = {},
): Promise<SignerSetup> {
  const { fundBaseUnits = 10n * OMNI, selfDelegation = "1000000" } = options;
  const { chains } = await runtime.ports();
  const person = await createPerson(runtime);
  const actor = await chainActor();
  if (fundBaseUnits > 0n) await fund(localnet, chains.forNetwork(localnet.network()), actor.address, fundBaseUnits);
  const { setupRequestId } = await createTestSetup(person, networkId, {
    walletAddress: actor.address,
    validatorName: "Signed by hand",
    selfDelegation,
    ...(options.runtime === undefined ? {} : { runtime: options.runtime }),
  });
  return { person, actor, setupRequestId };
}

/** Joins the run's local chain. */
export async function createSigningStage({ ports = {} }: { ports?: Partial<Ports> } = {}): Promise<SigningStage> {
  const localnet = await sharedLocalnet();
  const chains = createCosmosChainNodes({ onQuarantined: () => {} });
  const chain = chains.forNetwork(localnet.network());
  const rest = await createLossyRest(localnet.restUrl);
  const runtime = await createTestRuntime({ ports: { chains, ...ports } });
  await seedRegions(await runtime.ctx(), {});
  const network = await registerTestNetwork(await runtime.ctx(), localnet, { restUrls: [rest.url] });
  return {
    runtime,
    localnet,
    chain,
    rest,
    createSigner: async ({ networkId = network.id, ...options } = {}) => {
      const { person, actor, setupRequestId } = await createSignerSetup(runtime, localnet, networkId, options);
      const { nodeId, consensusPubkey } = await makeReadyToSign(runtime, {
        organizationId: person.organizationId,
        setupRequestId,
        networkId,
      });
      return {
        person,
        actor,
        setupRequestId,
        nodeId,
        consensusPubkey,
        view: async () => (await getSetupRequest(await person.ctx(), { setupRequestId })).setupRequest,
        prepare: async () =>
          prepareTransaction(await person.ctx(), {
            setupRequestId,
            pubkey: toBase64(actor.pubkey),
            signMode: "direct",
          }),
        submit: async (txBytes) =>
          submitTransaction(await person.ctx(), { setupRequestId, txBytes: toBase64(txBytes) }),
      };
    },
    deliver: async ({ setupRequestId }, transactionId) => {
      const ctx = await runtime.ctx();
      const ref = { transactionId };
      const sent = await sendAccepted(ctx, ref);
      if (sent.outcome === "refused") {
        await settleTransactions(ctx, { setupRequestId });
        return sent;
      }
      const found = await eventually("a block has the transaction", async () => {
        const look = await watchTransaction(ctx, ref);
        return look.isFound && look;
      });
      await recordOutcomeOf(ctx, ref, found);
      const { isIncluded } = await settleTransactions(ctx, { setupRequestId });
      if (isIncluded) {
        const isActive = async () => (await confirmOnChain(ctx, { setupRequestId })).isActive;
        await eventually("the chain shows the validator", isActive);
      }
      return sent;
    },
    close: async () => {
      await rest.close();
      await chains.close();
      await runtime.close();
    },
  };
}
