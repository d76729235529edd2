import { toBase64 } from "@cosmjs/encoding";
import { describe, expect, it } from "vitest";
import { directTransaction, signedTxBytes, simulationTxBytes } from "@/lib/chain/build-transaction";
import { decAtomics } from "@/lib/chain/dec";
import { consensusAddressHexOf, consensusAddressOf } from "@/lib/chain/key-address";
import { sendMessage } from "@/lib/chain/messages/send";
import type { ChainNode } from "@/server/ports/chain-node";
import { type ChainActor, chainActor, inclusionOf } from "../../support/chain-actor";

/** A chain with at least one bonded validator, and a way to get coins on it. */
export type ChainNodeSubject = {
  readonly chain: ChainNode;
  /** Operator of a validator that signs. */
  readonly operatorAddress: string;
  funded(amountBaseUnits: bigint): Promise<ChainActor>;
};

const MISSING_HASH = "00".repeat(32);

/** What every ChainNode holds to; run by the fake and by the real adapter on a running chain. */
export function chainNodeContract(name: string, setup: () => Promise<ChainNodeSubject>): void {
  describe(`chain node: ${name}`, () => {
    const codeOf = async (act: Promise<unknown>): Promise<string> =>
      act.then(
        () => "accepted",
        (thrown: unknown) => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown)),
      );

    it("tells its status with the id of its own chain", async () => {
      const { chain } = await setup();
      const status = await chain.status();
      expect(status.chainId).toBe(chain.network.chainId);
      expect(status.latestHeightBlocks).toBeGreaterThan(0n);
      expect(status.earliestHeightBlocks).toBeLessThanOrEqual(status.latestHeightBlocks);
      expect(Number.isNaN(Date.parse(status.latestBlockAt))).toBe(false);
      expect(status.nodeId).toMatch(/^[0-9a-f]{40}$/);
    });

    it("counts its peers", async () => {
      const { chain } = await setup();
      const info = await chain.netInfo();
      expect(info.peers.length).toBe(info.peerCount);
    });

    it("brings new blocks, growing, until the signal", async () => {
      const { chain } = await setup();
      const stop = new AbortController();
      const heights: bigint[] = [];
      for await (const notice of chain.subscribeBlocks({ signal: stop.signal })) {
        heights.push(notice.heightBlocks);
        if (heights.length === 3) stop.abort();
      }
      expect(heights).toEqual([...heights].sort((left, right) => (left < right ? -1 : 1)));
      expect(new Set(heights).size).toBe(3);
    });

    it("gives blocks whose last commit is the commit of the block before, in the set's order", async () => {
      const { chain } = await setup();
      const { latestHeightBlocks } = await chain.status({ maxAgeMs: 0 });
      const height = latestHeightBlocks > 2n ? latestHeightBlocks - 1n : 2n;
      const [block, before, set] = await Promise.all([
        chain.block(height),
        chain.block(height - 1n),
        chain.consensusValidators(height - 1n),
      ]);
      expect(block.heightBlocks).toBe(height);
      expect(block.chainId).toBe(chain.network.chainId);
      expect(block.lastCommit?.heightBlocks).toBe(height - 1n);
      expect(block.lastCommit?.blockHash).toBe(before.hash);
      expect(block.lastCommit?.signatures.length).toBe(set.length);
      for (const [index, signature] of (block.lastCommit?.signatures ?? []).entries()) {
        if (signature.flag !== "absent") expect(signature.consensusAddressHex).toBe(set[index]?.consensusAddressHex);
      }
      const commit = await chain.commit(height - 1n);
      expect(commit.blockHash).toBe(before.hash);
    });

    it("says that a block of the future is not there, instead of nothing", async () => {
      const { chain } = await setup();
      expect(await codeOf(chain.block(1_000_000_000n))).toBe("chain.block_not_found");
    });

    it("finds a validator by operator and by key, with the addresses derived from the key", async () => {
      const { chain, operatorAddress } = await setup();
      const validator = await chain.validatorByOperator(operatorAddress);
      expect(validator.status).toBe("bonded");
      expect(validator.consensusAddress).toBe(
        consensusAddressOf(validator.consensusPubkeyBase64, chain.network.bech32.consensus),
      );
      expect(validator.consensusAddressHex).toBe(consensusAddressHexOf(validator.consensusPubkeyBase64));
      expect(decAtomics(validator.commissionRate)).toBeGreaterThan(0n);
      const found = await chain.validatorByConsensusPubkey(validator.consensusPubkeyBase64);
      expect(found.operatorAddress).toBe(operatorAddress);
      const bonded = await chain.validatorSet({ status: "bonded" });
      expect(bonded.map((one) => one.operatorAddress)).toContain(operatorAddress);
      const signing = await chain.signingInfo(validator.consensusAddress);
      expect(signing.tombstoned).toBe(false);
      expect((await chain.signingInfos()).map((one) => one.consensusAddress)).toContain(validator.consensusAddress);
    });

    it("tells the penalties of a block from its results, none where there was none", async () => {
      const { chain } = await setup();
      const { latestHeightBlocks } = await chain.status();
      expect(await chain.slashes(latestHeightBlocks - 1n)).toEqual([]);
    });

    it("answers not found for what the chain does not know", async () => {
      const { chain } = await setup();
      const stranger = await chainActor();
      expect(await codeOf(chain.validatorByOperator(stranger.operatorAddress))).toBe("chain.validator_not_found");
      expect(await codeOf(chain.validatorByConsensusPubkey(toBase64(new Uint8Array(32).fill(9))))).toBe(
        "chain.validator_not_found",
      );
      expect(
        await codeOf(chain.signingInfo(consensusAddressOf(btoa("k".repeat(32)), chain.network.bech32.consensus))),
      ).toBe("chain.signing_info_not_found");
      expect(await codeOf(chain.transaction(MISSING_HASH))).toBe("chain.transaction_not_found");
      expect(await codeOf(chain.proposal(999_999n))).toBe("chain.proposal_not_found");
      expect(await codeOf(chain.tally(999_999n))).toBe("chain.proposal_not_found");
      expect(await chain.vote(999_999n, stranger.address)).toBeNull();
    });

    it("tells an address without history from a failure", async () => {
      const { chain } = await setup();
      const stranger = await chainActor();
      expect(await chain.account(stranger.address)).toEqual({
        address: stranger.address,
        exists: false,
        accountNumber: 0n,
        sequence: 0n,
        pubkeyBase64: null,
        heightBlocks: null,
      });
      expect(await chain.balances(stranger.address)).toEqual([]);
      expect(await chain.spendableBalances(stranger.address)).toEqual([]);
      expect(await chain.delegations(stranger.address)).toEqual([]);
      expect(await chain.unbondings(stranger.address)).toEqual([]);
      expect(await chain.redelegations(stranger.address)).toEqual([]);
      expect((await chain.rewards(stranger.address)).byValidator).toEqual([]);
      expect(await chain.transactionsBySender(stranger.address, { page: 1, pageSize: 10 })).toEqual({
        items: [],
        total: 0,
      });
    });

    it("reads the parameters of all modules", async () => {
      const { chain } = await setup();
      const slashing = await chain.slashingParams();
      expect(slashing.signedBlocksWindow).toBeGreaterThan(0);
      expect(decAtomics(slashing.minSignedPerWindow)).toBeGreaterThan(0n);
      const staking = await chain.stakingParams();
      expect(staking.bondDenom).toBe(chain.network.baseDenom);
      expect(staking.minCommissionRate).toBe("0.05");
      expect((await chain.govParams()).votingPeriodSeconds).toBeGreaterThan(0);
      expect((await chain.mintParams())?.mintDenom).toBe(chain.network.baseDenom);
      expect(decAtomics((await chain.distributionParams())?.communityTax ?? "-1")).toBeGreaterThanOrEqual(0n);
      expect(await chain.bondedBaseUnits()).toBeGreaterThan(0n);
      expect(decAtomics(await chain.annualProvisions())).toBeGreaterThan(0n);
      const gas = await chain.gasFacts();
      expect(gas.minimumGasPrice).toBe("0.025");
      expect(gas.baseFee).toBeNull();
      expect(await chain.upgradePlan()).toBeNull();
      expect(Array.isArray(await chain.proposals())).toBe(true);
      expect(await chain.riskGuard(1n)).toBeNull();
      expect(await chain.riskReport(1n)).toBeNull();
    });

    it("counts a validator's delegators without listing them, and tells what was earned with it and not withdrawn", async () => {
      const { chain, operatorAddress } = await setup();
      expect(await chain.delegatorCount(operatorAddress)).toBeGreaterThanOrEqual(0);
      for (const { denom, amount } of await chain.outstandingRewards(operatorAddress)) {
        expect(denom).not.toBe("");
        expect(decAtomics(amount)).toBeGreaterThan(0n);
      }
    });

    it("takes a transaction once, finds it by hash and by sender, and knows the account afterwards", async () => {
      const { chain, funded } = await setup();
      const [payer, receiver] = [await funded(5_000_000n), await chainActor()];
      const before = await chain.account(payer.address, { maxAgeMs: 0 });
      expect(before.exists).toBe(true);
      const amount = { denom: chain.network.baseDenom, amountBaseUnits: 1_000n };
      const message = sendMessage({ fromAddress: payer.address, toAddress: receiver.address, amount });
      const txBytes = await payer.prepare(chain, [message], { memo: "contract" });
      const { txHash } = await chain.broadcast(txBytes);
      const included = await inclusionOf(chain, txHash);
      expect(included).toMatchObject({
        txHash,
        code: 0,
        memo: "contract",
        messageTypeUrls: ["/cosmos.bank.v1beta1.MsgSend"],
      });
      expect(await chain.balances(receiver.address, { maxAgeMs: 0 })).toEqual([amount]);
      expect(await chain.spendableBalances(receiver.address, { maxAgeMs: 0 })).toEqual([amount]);
      const after = await chain.account(payer.address, { maxAgeMs: 0 });
      expect(after.sequence).toBe(before.sequence + 1n);
      expect(after.pubkeyBase64).toBe(toBase64(payer.pubkey));
      const page = await chain.transactionsBySender(payer.address, { page: 1, pageSize: 5 }, { maxAgeMs: 0 });
      expect(page.items.map((item) => item.txHash)).toEqual([txHash]);
    });

    it("refuses with the meaning of the chain's own code", async () => {
      const { chain, funded } = await setup();
      const payer = await funded(5_000_000n);
      const refusalOf = async (change: object): Promise<unknown> => {
        const amount = { denom: chain.network.baseDenom, amountBaseUnits: 1n };
        const message = sendMessage({ fromAddress: payer.address, toAddress: payer.address, amount });
        const txBytes = await payer.prepare(chain, [message], { gasLimit: 200_000n, ...change });
        const thrown: unknown = await chain.broadcast(txBytes).catch((error: unknown) => error);
        if (!(thrown instanceof Error) || !("code" in thrown) || !("details" in thrown)) return thrown;
        return { code: thrown.code, ...(thrown.details as object), txHash: undefined, reason: undefined };
      };
      const refused = (refusal: string, chainCode: number) => ({
        code: "chain.transaction_refused",
        codespace: "sdk",
        chainCode,
        refusal,
        txHash: undefined,
        reason: undefined,
      });
      expect(await refusalOf({ sequence: 77n })).toEqual(refused("sequence_mismatch", 32));
      expect(await refusalOf({ fee: { denom: chain.network.baseDenom, amountBaseUnits: 1n } })).toEqual(
        refused("insufficient_fee", 13),
      );
      expect(await refusalOf({ fee: { denom: chain.network.baseDenom, amountBaseUnits: 6_000_000n } })).toEqual(
        refused("insufficient_funds", 5),
      );
      expect(await refusalOf({ gasLimit: 1_000n })).toEqual(refused("out_of_gas", 11));
      expect(await refusalOf({ memo: "m".repeat(300) })).toEqual(refused("memo_too_large", 12));
    });

    it("refuses another person's signature", async () => {
      const { chain, funded } = await setup();
      const [payer, other] = [await funded(5_000_000n), await chainActor()];
      const amount = { denom: chain.network.baseDenom, amountBaseUnits: 1n };
      const account = await chain.account(payer.address, { maxAgeMs: 0 });
      const built = directTransaction({
        chainId: chain.network.chainId,
        accountNumber: account.accountNumber,
        sequence: account.sequence,
        pubkey: payer.pubkey,
        messages: [sendMessage({ fromAddress: payer.address, toAddress: payer.address, amount })],
        memo: "",
        fee: { denom: chain.network.baseDenom, amountBaseUnits: 5_000n },
        gasLimit: 200_000n,
      });
      const forged = signedTxBytes({ ...built, signature: other.sign(built.signBytes) });
      await expect(chain.broadcast(forged)).rejects.toMatchObject({
        code: "chain.transaction_refused",
        details: { refusal: "unauthorized" },
      });
    });

    it("simulates without sending, and says what the chain would refuse", async () => {
      const { chain, funded } = await setup();
      const payer = await funded(5_000_000n);
      const account = await chain.account(payer.address, { maxAgeMs: 0 });
      const simulate = (amountBaseUnits: bigint) => {
        const amount = { denom: chain.network.baseDenom, amountBaseUnits };
        return chain.simulate(
          simulationTxBytes({
            chainId: chain.network.chainId,
            accountNumber: account.accountNumber,
            sequence: account.sequence,
            pubkey: payer.pubkey,
            messages: [sendMessage({ fromAddress: payer.address, toAddress: payer.address, amount })],
            memo: "",
          }),
        );
      };
      expect((await simulate(1n)).gasUsed).toBeGreaterThan(0n);
      expect(await codeOf(simulate(50_000_000n))).toBe("chain.simulation_refused");
      expect((await chain.account(payer.address, { maxAgeMs: 0 })).sequence).toBe(account.sequence);
    });

    it("ends a call with its signal", async () => {
      const { chain } = await setup();
      const signal = AbortSignal.abort();
      expect(await codeOf(chain.status({ signal, maxAgeMs: 0 }))).toBe("chain.cancelled");
    });
  });
}
