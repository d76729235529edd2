import { createHash } from "node:crypto";
import { toBase64 } from "@cosmjs/encoding";
import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import { AuthInfo, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { transactionHashOf } from "@/lib/chain/build-transaction";
import { accountAddressOfPubkey } from "@/lib/chain/key-address";
import { type AppError, notFound, upstreamRejected, upstreamUnavailable } from "@/server/kernel/errors";
import type { CallOptions } from "@/server/ports/call-options";
import type {
  ChainBlock,
  ChainBlockIdFlag,
  ChainBlockNotice,
  ChainCommitSignatures,
  ChainConsensusValidator,
  ChainNetwork,
  ChainNode,
  ChainNodes,
  ChainProposal,
  ChainUpgradePlan,
  TransactionRefusal,
} from "@/server/ports/chain-node";
import type { ChainRiskGuard } from "@/server/ports/risk-guard";
import { FAKE_MIN_GAS_PRICE, FakeLedger, FakeRefusal, type FakeTransaction } from "./chain-node-ledger";

type FakeBlock = {
  readonly block: ChainBlock;
  readonly set: readonly ChainConsensusValidator[];
  readonly flags: readonly ChainBlockIdFlag[];
};

const REFUSALS: Record<number, TransactionRefusal> = {
  4: "unauthorized",
  5: "insufficient_funds",
  9: "insufficient_funds",
  11: "out_of_gas",
  12: "memo_too_large",
  13: "insufficient_fee",
  15: "unauthorized",
  32: "sequence_mismatch",
};
const BLOCK_MS = 1_000;
const GENESIS_AT_MS = Date.parse("2026-01-01T00:00:00Z");

/**
 * A chain in memory with heights, signatures, accounts and validators. A transaction makes its own block at once; other blocks come from
 * `advance`, or by themselves while somebody subscribes with `blockEveryMs`. It knows send, create, edit and delegate, signed direct.
 */
export class FakeChain {
  readonly chainId: string;
  ledger: FakeLedger;
  isDown = false;
  earliestHeightBlocks = 1n;
  upgradePlan: ChainUpgradePlan | null = null;
  /** Gas that one transaction may use; null for no limit. */
  maxTxGas: bigint | null = null;
  proposals: readonly ChainProposal[] = [];
  /** What its guard holds of every proposal; null where it has none. */
  riskGuard: ChainRiskGuard | null = null;
  slashing = { signedBlocksWindow: 100, minSignedPerWindow: "0.05" };
  readonly missed = new Map<string, number>();
  readonly tombstoned = new Set<string>();
  readonly #blocks: FakeBlock[] = [];
  readonly #transactions: FakeTransaction[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #blockEveryMs: number | undefined;

  constructor(options: { chainId?: string; blockEveryMs?: number } = {}) {
    this.chainId = options.chainId ?? "omniphi-localnet-1";
    this.#blockEveryMs = options.blockEveryMs;
    this.ledger = new FakeLedger(this.chainId);
  }

  get heightBlocks(): bigint {
    return BigInt(this.#blocks.length);
  }

  /** Makes blocks that all of the set signs but those named by consensus address (hex). */
  advance(
    count = 1,
    options: { absent?: readonly string[]; nil?: readonly string[]; txsBase64?: readonly string[] } = {},
  ): void {
    for (let made = 0; made < count; made += 1) {
      const set = this.#set();
      const flags = set.map(
        (one): ChainBlockIdFlag =>
          options.absent?.includes(one.consensusAddressHex)
            ? "absent"
            : options.nil?.includes(one.consensusAddressHex)
              ? "nil"
              : "commit",
      );
      for (const [index, one] of set.entries()) {
        if (flags[index] === "absent")
          this.missed.set(one.consensusAddressHex, (this.missed.get(one.consensusAddressHex) ?? 0) + 1);
      }
      const heightBlocks = this.heightBlocks + 1n;
      const before = this.#blocks.at(-1);
      const validatorsHash = hashOf(set.map((one) => `${one.consensusAddressHex}${one.votingPower}`).join());
      const txsBase64 = made === 0 ? (options.txsBase64 ?? []) : [];
      const block: ChainBlock = {
        chainId: this.chainId,
        heightBlocks,
        hash: hashOf(`${this.chainId}/${heightBlocks}/${before?.block.hash}`),
        blockAt: new Date(GENESIS_AT_MS + Number(heightBlocks) * BLOCK_MS).toISOString(),
        proposerAddressHex: set[0]?.consensusAddressHex ?? "00".repeat(20),
        validatorsHash,
        nextValidatorsHash: validatorsHash,
        appHash: "",
        txCount: txsBase64.length,
        txsBase64,
        lastCommit: before === undefined ? null : commitOf(before, true),
      };
      this.#blocks.push({ block, set, flags });
    }
    for (const listener of this.#listeners) listener();
  }

  node(network: ChainNetwork): ChainNode {
    return fakeNode(this, network);
  }

  /** The block of a height. @throws AppError `chain.block_not_found` */
  at(heightBlocks: bigint): FakeBlock {
    const found = this.#blocks[Number(heightBlocks) - 1];
    if (found !== undefined && heightBlocks >= this.earliestHeightBlocks) return found;
    throw notFound("chain.block_not_found", "The fake chain has no such block.", {
      details: {
        heightBlocks: heightBlocks.toString(),
        earliestHeightBlocks: this.earliestHeightBlocks.toString(),
        latestHeightBlocks: this.heightBlocks.toString(),
      },
    });
  }

  transactions(): readonly FakeTransaction[] {
    return this.#transactions;
  }

  /** Takes the bytes, executes them and makes the block. @throws FakeRefusal */
  take(txBytes: Uint8Array): string {
    const txHash = transactionHashOf(txBytes);
    if (this.#transactions.some((one) => one.txHash === txHash)) return txHash;
    const checked = this.ledger.copy();
    const { body, gasWanted, fee } = checked.check(txBytes);
    const executed = checked.copy();
    let outcome = { code: 0, codespace: "", rawLog: "", gasUsed: 0n };
    try {
      outcome = { ...outcome, ...executed.execute(body) };
      this.ledger = executed;
    } catch (thrown) {
      if (!(thrown instanceof FakeRefusal)) throw thrown;
      outcome = { ...outcome, code: thrown.code, codespace: thrown.codespace, rawLog: thrown.message };
      this.ledger = checked;
    }
    this.advance(1, { txsBase64: [toBase64(txBytes)] });
    const [signer] = AuthInfo.decode(TxRaw.decode(txBytes).authInfoBytes).signerInfos;
    this.#transactions.unshift({
      txHash,
      heightBlocks: this.heightBlocks,
      blockAt: this.#blocks.at(-1)?.block.blockAt ?? null,
      ...outcome,
      gasWanted,
      messageTypeUrls: body.messages.map((message) => message.typeUrl),
      memo: body.memo,
      fee: [{ denom: "omniphi", amountBaseUnits: fee }],
      sender: accountAddressOfPubkey(PubKey.decode(signer?.publicKey?.value ?? new Uint8Array()).key, "omni"),
    });
    return txHash;
  }

  async *heights(signal: AbortSignal): AsyncIterable<ChainBlockNotice> {
    let told = 0n;
    let wake: () => void = () => {};
    const listener = () => wake();
    this.#listeners.add(listener);
    signal.addEventListener("abort", listener);
    const timer = this.#blockEveryMs === undefined ? undefined : setInterval(() => this.advance(), this.#blockEveryMs);
    try {
      while (!signal.aborted) {
        if (this.heightBlocks > told && !this.isDown) {
          told = this.heightBlocks;
          yield { heightBlocks: told, via: "subscription" };
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      clearInterval(timer);
      this.#listeners.delete(listener);
      signal.removeEventListener("abort", listener);
    }
  }

  #set(): readonly ChainConsensusValidator[] {
    return [...this.ledger.validators.values()]
      .filter((validator) => validator.status === "bonded" && !validator.jailed)
      .map((validator) => ({
        consensusAddressHex: validator.consensusAddressHex,
        consensusPubkeyBase64: validator.consensusPubkeyBase64,
        votingPower: validator.tokensBaseUnits / 1_000_000n,
      }))
      .sort((left, right) =>
        left.votingPower === right.votingPower
          ? left.consensusAddressHex < right.consensusAddressHex
            ? -1
            : 1
          : left.votingPower > right.votingPower
            ? -1
            : 1,
      );
  }
}

/** The chains of a test by chain id, as the port that effects see. */
export const fakeChainNodes = (...chains: readonly FakeChain[]): ChainNodes => ({
  forNetwork: (network) => {
    const chain = chains.find((candidate) => candidate.chainId === network.chainId);
    if (chain === undefined) throw new Error(`this test has no chain ${network.chainId}`);
    return chain.node(network);
  },
  close: async () => undefined,
});

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").toUpperCase();

const commitOf = ({ block, set, flags }: FakeBlock, canonical: boolean): ChainCommitSignatures => ({
  heightBlocks: block.heightBlocks,
  round: 0,
  blockHash: block.hash,
  canonical,
  signatures: set.map((one, index) => {
    const flag = flags[index] ?? "absent";
    return {
      flag,
      consensusAddressHex: flag === "absent" ? null : one.consensusAddressHex,
      signedAt: flag === "absent" ? null : block.blockAt,
    };
  }),
});

function fakeNode(chain: FakeChain, network: ChainNetwork): ChainNode {
  /** Every read: ends with its signal, fails while the chain is down. */
  const read =
    <Args extends readonly unknown[], Out>(answer: (...args: Args) => Out) =>
    async (...args: [...Args, options?: CallOptions]): Promise<Out> => {
      const options = args.at(-1);
      const signal =
        typeof options === "object" && options !== null && "signal" in options ? options.signal : undefined;
      if (signal instanceof AbortSignal && signal.aborted)
        throw upstreamUnavailable("chain.cancelled", "The call was cancelled.");
      if (chain.isDown) throw upstreamUnavailable("chain.unavailable", "The fake chain does not answer.");
      // Cast: one wrapper passes the arguments of every method of the port on.
      return answer(...(args as unknown as Args));
    };
  const missing = (thing: string): AppError =>
    notFound(`chain.${thing}_not_found`, `The fake chain knows no such ${thing}.`);
  const validators = () => [...chain.ledger.validators.values()];
  const found = <Out>(thing: string, value: Out | undefined): Out => {
    if (value === undefined) throw missing(thing);
    return value;
  };
  const signingInfos = () =>
    validators().map((validator) => ({
      consensusAddress: validator.consensusAddress,
      startHeightBlocks: 0n,
      jailedUntil: "1970-01-01T00:00:00Z",
      tombstoned: chain.tombstoned.has(validator.consensusAddressHex),
      missedBlocks: chain.missed.get(validator.consensusAddressHex) ?? 0,
    }));
  return {
    network,
    status: read(() => {
      const { block } = chain.at(chain.heightBlocks);
      return {
        chainId: chain.chainId,
        latestHeightBlocks: block.heightBlocks,
        latestBlockHash: block.hash,
        latestBlockAt: block.blockAt,
        clockAt: null,
        earliestHeightBlocks: chain.earliestHeightBlocks,
        catchingUp: false,
        nodeId: "ab".repeat(20),
        moniker: "fake",
        cometVersion: "0.38.17",
        consensusPubkeyBase64: toBase64(new Uint8Array(32)),
      };
    }),
    netInfo: read(() => ({ peerCount: 0, peers: [] })),
    block: read(
      (heightBlocks?: bigint) => chain.at(typeof heightBlocks === "bigint" ? heightBlocks : chain.heightBlocks).block,
    ),
    blockResults: read((heightBlocks: bigint) =>
      chain
        .transactions()
        .filter((one) => one.heightBlocks === heightBlocks)
        .map(({ code, codespace, rawLog }) => ({ code, codespace, log: rawLog })),
    ),
    commit: read((heightBlocks: bigint) => commitOf(chain.at(heightBlocks), heightBlocks < chain.heightBlocks)),
    consensusValidators: read((heightBlocks: bigint) => chain.at(heightBlocks).set),
    validatorByOperator: read((operatorAddress: string) =>
      found("validator", chain.ledger.validators.get(operatorAddress)),
    ),
    validatorSet: read((filter?: { readonly status?: string }) =>
      validators().filter((one) => filter?.status === undefined || one.status === filter.status),
    ),
    validatorByConsensusPubkey: read((key: string) =>
      found(
        "validator",
        validators().find((one) => one.consensusPubkeyBase64 === key),
      ),
    ),
    signingInfo: read((consensusAddress: string) =>
      found(
        "signing_info",
        signingInfos().find((one) => one.consensusAddress === consensusAddress),
      ),
    ),
    signingInfos: read(signingInfos),
    slashes: read((heightBlocks: bigint) => {
      chain.at(heightBlocks);
      return [];
    }),
    slashingParams: read(() => ({
      ...chain.slashing,
      downtimeJailSeconds: 60,
      slashFractionDoubleSign: "0.05",
      slashFractionDowntime: "0.0001",
    })),
    stakingParams: read(() => ({
      unbondingSeconds: 600,
      maxValidators: 125,
      maxEntries: 7,
      historicalEntries: 10_000,
      bondDenom: "omniphi",
      minCommissionRate: "0.05",
    })),
    govParams: read(() => ({
      votingPeriodSeconds: 120,
      expeditedVotingPeriodSeconds: 60,
      maxDepositPeriodSeconds: 300,
      minDeposit: [{ denom: "omniphi", amountBaseUnits: 10_000_000n }],
      quorum: "0.334",
      threshold: "0.5",
      vetoThreshold: "0.334",
    })),
    mintParams: read(() => ({
      mintDenom: "omniphi",
      inflationMax: "0.03",
      inflationMin: "0.005",
      goalBonded: "0.67",
      blocksPerYear: 31_557_600n,
    })),
    distributionParams: read(() => ({ communityTax: "0.02", withdrawAddrEnabled: true })),
    account: read((address: string) => {
      const account = chain.ledger.accounts.get(address);
      if (account === undefined)
        return { address, exists: false, accountNumber: 0n, sequence: 0n, pubkeyBase64: null, heightBlocks: null };
      return { address, exists: true, ...account, heightBlocks: chain.heightBlocks };
    }),
    balances: read((address: string) => {
      const amountBaseUnits = chain.ledger.balances.get(address) ?? 0n;
      return amountBaseUnits === 0n ? [] : [{ denom: "omniphi", amountBaseUnits }];
    }),
    spendableBalances: read((address: string) => {
      const amountBaseUnits = chain.ledger.spendable(address);
      return amountBaseUnits === 0n ? [] : [{ denom: "omniphi", amountBaseUnits }];
    }),
    bondedBaseUnits: read(() =>
      validators()
        .filter(({ status }) => status === "bonded")
        .reduce((sum, { tokensBaseUnits }) => sum + tokensBaseUnits, 0n),
    ),
    annualProvisions: read(() => "1000000"),
    delegations: read((address: string) => chain.ledger.delegationsOf(address)),
    unbondings: read((address: string) => chain.ledger.unbondings.get(address) ?? []),
    redelegations: read((address: string) => chain.ledger.redelegations.get(address) ?? []),
    rewards: read((address: string) => chain.ledger.rewardsOf(address)),
    outstandingCommission: read((operatorAddress: string) => {
      found("validator", chain.ledger.validators.get(operatorAddress));
      const amount = chain.ledger.commissions.get(operatorAddress) ?? 0n;
      return amount === 0n ? [] : [{ denom: "omniphi", amount: amount.toString() }];
    }),
    withdrawAddress: read((address: string) => chain.ledger.withdrawAddresses.get(address) ?? address),
    grants: read((granter: string, grantee: string) => chain.ledger.grants.get(`${granter}/${grantee}`) ?? []),
    feeAllowances: read((granter: string) =>
      [...chain.ledger.allowances].flatMap(([key, allowance]) => (key.startsWith(`${granter}/`) ? [allowance] : [])),
    ),
    outstandingRewards: read((operatorAddress: string) => {
      found("validator", chain.ledger.validators.get(operatorAddress));
      const amount = chain.ledger.outstandingOf(operatorAddress);
      return amount === 0n ? [] : [{ denom: "omniphi", amount: amount.toString() }];
    }),
    delegatorCount: read((operatorAddress: string) => {
      found("validator", chain.ledger.validators.get(operatorAddress));
      return chain.ledger.delegatorCount(operatorAddress);
    }),
    upgradePlan: read(() => chain.upgradePlan),
    proposal: read((proposalId: bigint) =>
      found(
        "proposal",
        chain.proposals.find((one) => one.proposalId === proposalId),
      ),
    ),
    proposals: read(() => chain.proposals),
    tally: read((proposalId: bigint) => {
      found(
        "proposal",
        chain.proposals.find((one) => one.proposalId === proposalId),
      );
      return { yes: 0n, abstain: 0n, no: 0n, noWithVeto: 0n };
    }),
    riskGuard: read((_proposalId: bigint) => chain.riskGuard),
    riskReport: read((_proposalId: bigint) => chain.riskGuard && { report: chain.riskGuard.report }),
    vote: read((proposalId: bigint, voter: string) => {
      const option = chain.ledger.votes.get(`${proposalId}/${voter}`);
      return option === undefined ? null : { options: [{ option, weight: "1" }] };
    }),
    transaction: read((txHash: string) =>
      withoutSender(
        found(
          "transaction",
          chain.transactions().find((one) => one.txHash === txHash),
        ),
      ),
    ),
    transactionsBySender: read((address: string, page: { readonly page: number; readonly pageSize: number }) => {
      const own = chain.transactions().filter((one) => one.sender === address);
      const start = (page.page - 1) * page.pageSize;
      return { items: own.slice(start, start + page.pageSize).map(withoutSender), total: own.length };
    }),
    gasFacts: read(() => ({
      minimumGasPrice: FAKE_MIN_GAS_PRICE,
      baseFee: null,
      maxBlockGas: 60_000_000n,
      maxTxGas: chain.maxTxGas,
    })),
    simulate: read((txBytes: Uint8Array) => {
      try {
        const trial = chain.ledger.copy();
        return trial.execute(trial.check(txBytes, true).body);
      } catch (thrown) {
        if (!(thrown instanceof FakeRefusal)) throw thrown;
        throw upstreamRejected("chain.simulation_refused", "The fake chain would refuse it.", {
          details: { reason: thrown.message },
        });
      }
    }),
    broadcast: read((txBytes: Uint8Array) => {
      try {
        return { txHash: chain.take(txBytes) };
      } catch (thrown) {
        if (!(thrown instanceof FakeRefusal)) throw thrown;
        const refusal = REFUSALS[thrown.code] ?? "other";
        const details = {
          txHash: transactionHashOf(txBytes),
          codespace: thrown.codespace,
          chainCode: thrown.code,
          refusal,
          reason: thrown.message,
        };
        throw upstreamRejected("chain.transaction_refused", "The fake chain refused it.", { details });
      }
    }),
    subscribeBlocks: ({ signal }) => chain.heights(signal),
    endpointHealth: () => [],
  };
}

const withoutSender = ({ sender: _sender, ...transaction }: FakeTransaction) => transaction;
