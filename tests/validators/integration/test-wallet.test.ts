import { afterEach, describe, expect, it } from "vitest";
import { requestDrip } from "@/server/domains/chain";
import { linkWallet, listWallets, unlinkWallet } from "@/server/domains/identity";
import { prepareTransaction, requestSetup } from "@/server/domains/validators";
import type { Ports } from "@/server/ports/ports";
import { answerChallenge, createPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign } from "@/tests/support/factories/validators";
import { FakeChain, fakeChainNodes } from "@/tests/support/fakes/chain-node";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { createTestWallet } from "@/tests/support/test-wallet";

let runtime: TestRuntime | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
});

/** An installation whose one network is of this kind, with a faucet that says it is of that very chain. */
async function installation(kind: "localnet" | "testnet" | "mainnet") {
  const paid: string[] = [];
  const faucet: Ports["faucet"] = {
    drip: async ({ address }) => {
      paid.push(address);
      return { txHash: "AB".repeat(32) };
    },
  };
  const chain = new FakeChain();
  chain.advance(5);
  runtime = await createTestRuntime({ ports: { chains: fakeChainNodes(chain), faucet } });
  const fund = (address: string) => chain.ledger.credit(address, 2_000_000n);
  return { runtime, paid, fund, ...(await createTestNetwork(runtime, kind)) };
}

const requestOf = (networkId: string, walletAddress: string) => ({
  networkId,
  walletAddress,
  validatorName: "On a tour",
  commissionRate: "0.1",
  selfDelegation: "1000000",
  runMode: "cloud" as const,
  regionCode: "us-east",
  tierCode: "small" as const,
});

describe.each(["testnet", "mainnet"] as const)("on a %s", (kind) => {
  it("a wallet that a browser made for a tour gets no validator, and none of its transactions is built", async () => {
    const { runtime, networkId } = await installation(kind);
    const tourist = await createPerson(runtime, undefined, { isTestWallet: true });
    await expect(requestSetup(await tourist.ctx(), requestOf(networkId, tourist.wallet.address))).rejects.toMatchObject(
      { kind: "forbidden", code: "chain.test_wallet_refused" },
    );

    const { setupRequestId } = await createTestSetup(tourist, networkId);
    await makeReadyToSign(runtime, { organizationId: tourist.organizationId, setupRequestId, networkId });
    const { pubkey } = await answerChallenge(runtime, tourist.wallet);
    await expect(
      prepareTransaction(await tourist.ctx(), { setupRequestId, pubkey, signMode: "direct" }),
    ).rejects.toMatchObject({ kind: "forbidden", code: "chain.test_wallet_refused" });
  });

  it("the faucet pays nobody", async () => {
    const { runtime, networkId, paid } = await installation(kind);
    const person = await createPerson(runtime);
    await expect(requestDrip(await person.ctx(), { networkId, address: person.wallet.address })).rejects.toMatchObject({
      kind: "forbidden",
      code: "chain.no_faucet",
    });
    expect(paid).toEqual([]);
  });
});

describe("a wallet that a browser made for a tour", () => {
  it("may ask for a validator and coins on a localnet", async () => {
    const { runtime, networkId, paid } = await installation("localnet");
    const tourist = await createPerson(runtime, undefined, { isTestWallet: true });
    const { address } = tourist.wallet;
    await expect(requestSetup(await tourist.ctx(), requestOf(networkId, address))).resolves.toMatchObject({
      setupRequest: { walletAddress: address },
    });
    await requestDrip(await tourist.ctx(), { networkId, address });
    expect(paid).toEqual([address]);
  });

  it("stays one, however it is signed in with or linked later", async () => {
    const { runtime, networkId } = await installation("testnet");
    const tourist = await createPerson(runtime, undefined, { isTestWallet: true });
    const again = await createPerson(runtime, tourist.wallet);
    await linkWallet(await again.ctx(), await answerChallenge(runtime, tourist.wallet));
    expect((await listWallets(await again.ctx(), {})).items).toMatchObject([{ isTest: true }]);
    await expect(requestSetup(await again.ctx(), requestOf(networkId, again.wallet.address))).rejects.toMatchObject({
      code: "chain.test_wallet_refused",
    });
  });

  it("stays one after it was unlinked, also for a request that was made before", async () => {
    const { runtime, networkId } = await installation("testnet");
    const tourist = await createPerson(runtime, undefined, { isTestWallet: true });
    const { setupRequestId } = await createTestSetup(tourist, networkId);
    await makeReadyToSign(runtime, { organizationId: tourist.organizationId, setupRequestId, networkId });
    const real = await createTestWallet();
    await linkWallet(await tourist.ctx(), await answerChallenge(runtime, real));
    const wallets = (await listWallets(await tourist.ctx(), {})).items;
    expect(wallets.map(({ isTest }) => isTest)).toEqual([true, false]);
    // The session that was signed in with it goes with it.
    const again = await createPerson(runtime, real);
    await unlinkWallet(await again.ctx(), { walletId: wallets[0]?.id ?? "" });

    const { pubkey } = await answerChallenge(runtime, tourist.wallet);
    await expect(
      prepareTransaction(await again.ctx(), { setupRequestId, pubkey, signMode: "direct" }),
    ).rejects.toMatchObject({ code: "chain.test_wallet_refused" });
    await linkWallet(await again.ctx(), await answerChallenge(runtime, tourist.wallet));
    await expect(requestSetup(await again.ctx(), requestOf(networkId, tourist.wallet.address))).rejects.toMatchObject({
      code: "chain.test_wallet_refused",
    });
  });

  it("leaves the person's other wallets what they are", async () => {
    const { runtime, networkId, fund } = await installation("testnet");
    const tourist = await createPerson(runtime, undefined, { isTestWallet: true });
    const real = await createTestWallet();
    fund(real.address);
    await linkWallet(await tourist.ctx(), await answerChallenge(runtime, real));
    await expect(requestSetup(await tourist.ctx(), requestOf(networkId, real.address))).resolves.toMatchObject({
      setupRequest: { walletAddress: real.address },
    });
  });
});
