import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { toBase64 } from "@cosmjs/encoding";
import { GenericAuthorization } from "cosmjs-types/cosmos/authz/v1beta1/authz";
import { MsgExec, MsgGrant, MsgRevoke } from "cosmjs-types/cosmos/authz/v1beta1/tx";
import { MsgSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { PubKey as Ed25519PubKey } from "cosmjs-types/cosmos/crypto/ed25519/keys";
import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import {
  MsgWithdrawDelegatorReward,
  MsgWithdrawValidatorCommission,
} from "cosmjs-types/cosmos/distribution/v1beta1/tx";
import { AllowedMsgAllowance, BasicAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/feegrant";
import { MsgGrantAllowance, MsgRevokeAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/tx";
import { MsgVote } from "cosmjs-types/cosmos/gov/v1/tx";
import { MsgUnjail } from "cosmjs-types/cosmos/slashing/v1beta1/tx";
import { StakeAuthorization } from "cosmjs-types/cosmos/staking/v1beta1/authz";
import {
  MsgCreateValidator,
  MsgDelegate,
  MsgEditValidator,
  MsgUndelegate,
} from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { AuthInfo, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { accountAddressOf } from "@/lib/chain/bech32-address";
import { directSignBytes, transactionHashOf } from "@/lib/chain/build-transaction";
import { decFromAtomics, multiplyDecCeil } from "@/lib/chain/dec";
import { accountAddressOfPubkey, consensusAddressHexOf, consensusAddressOf } from "@/lib/chain/key-address";
import { DO_NOT_MODIFY } from "@/lib/chain/messages/validator-description";
import type {
  ChainDelegation,
  ChainFeeAllowance,
  ChainGrant,
  ChainRedelegation,
  ChainRewards,
  ChainTransaction,
  ChainUnbonding,
  ChainValidator,
  ChainVote,
} from "@/server/ports/chain-node";

/** What every message costs here; the real chain's vary. */
const GAS_PER_MESSAGE = 80_000n;
const MAX_MEMO_CHARACTERS = 256;
const PREFIXES = { account: "omni", validator: "omnivaloper" };
export const FAKE_MIN_GAS_PRICE = "0.025";

/** A refusal as the SDK codes it. */
export class FakeRefusal extends Error {
  readonly code: number;
  readonly codespace: string;
  constructor(code: number, message: string, codespace = "sdk") {
    super(message);
    this.code = code;
    this.codespace = codespace;
  }
}

/** Maps of plain values, which a copy takes over as they are. */
const KEPT = [
  "vesting",
  "stakes",
  "rewards",
  "commissions",
  "unbondings",
  "redelegations",
  "votes",
  "withdrawAddresses",
  "grants",
  "allowances",
] as const satisfies readonly (keyof FakeLedger)[];
const OPTIONS = { 1: "yes", 2: "abstain", 3: "no", 4: "no_with_veto" } as const;
const KEY = (delegator: string, operator: string) => `${delegator}/${operator}`;

type Account = { accountNumber: bigint; sequence: bigint; pubkeyBase64: string | null };

const typeOfGrant = (grant: ChainGrant): string =>
  grant.kind === "delegate" ? MsgDelegate.typeUrl : grant.kind === "any" ? grant.msgTypeUrl : "";
const instantOf = (at: { readonly seconds: bigint } | undefined): string | null =>
  at === undefined ? null : new Date(Number(at.seconds) * 1_000).toISOString();

/** Accounts, coins and validators of the fake chain, with the checks that a transaction meets on the real one. */
export class FakeLedger {
  readonly accounts = new Map<string, Account>();
  readonly balances = new Map<string, bigint>();
  /** What vests later, by account. */
  readonly vesting = new Map<string, bigint>();
  readonly validators = new Map<string, ChainValidator>();
  readonly stakes = new Map<string, bigint>();
  readonly rewards = new Map<string, bigint>();
  readonly commissions = new Map<string, bigint>();
  readonly unbondings = new Map<string, readonly ChainUnbonding[]>();
  readonly redelegations = new Map<string, readonly ChainRedelegation[]>();
  readonly votes = new Map<string, ChainVote["options"][number]["option"]>();
  readonly withdrawAddresses = new Map<string, string>();
  /** By granter and grantee. */
  readonly grants = new Map<string, readonly ChainGrant[]>();
  readonly allowances = new Map<string, ChainFeeAllowance>();
  readonly #chainId: string;

  constructor(chainId: string) {
    this.#chainId = chainId;
  }

  copy(): FakeLedger {
    const copy = new FakeLedger(this.#chainId);
    for (const [address, account] of this.accounts) copy.accounts.set(address, { ...account });
    for (const [address, balance] of this.balances) copy.balances.set(address, balance);
    for (const [operator, validator] of this.validators) copy.validators.set(operator, validator);
    for (const name of KEPT) for (const [key, value] of this[name]) copy[name].set(key, value as never);
    return copy;
  }

  credit(address: string, amountBaseUnits: bigint): void {
    if (!this.accounts.has(address)) {
      this.accounts.set(address, { accountNumber: BigInt(this.accounts.size), sequence: 0n, pubkeyBase64: null });
    }
    this.balances.set(address, (this.balances.get(address) ?? 0n) + amountBaseUnits);
  }

  spendable(address: string): bigint {
    const rest = (this.balances.get(address) ?? 0n) - (this.vesting.get(address) ?? 0n);
    return rest < 0n ? 0n : rest;
  }

  /** The checks before a transaction is taken; on success fee and sequence are spent. @throws FakeRefusal */
  check(
    txBytes: Uint8Array,
    isSimulation = false,
  ): { readonly txHash: string; readonly body: TxBody; readonly gasWanted: bigint; readonly fee: bigint } {
    const raw = TxRaw.decode(txBytes);
    const [body, authInfo] = [TxBody.decode(raw.bodyBytes), AuthInfo.decode(raw.authInfoBytes)];
    const [signer] = authInfo.signerInfos;
    if (signer?.publicKey === undefined) throw new FakeRefusal(15, "no signatures supplied");
    const pubkey = PubKey.decode(signer.publicKey.value).key;
    const address = accountAddressOfPubkey(pubkey, PREFIXES.account);
    const account = this.accounts.get(address);
    if (account === undefined) throw new FakeRefusal(9, "fee payer address does not exist");
    if (body.memo.length > MAX_MEMO_CHARACTERS) throw new FakeRefusal(12, "memo too large");
    const gasWanted = authInfo.fee?.gasLimit ?? 0n;
    const fee = BigInt(authInfo.fee?.amount[0]?.amount ?? "0");
    if (!isSimulation) {
      if (fee < multiplyDecCeil(FAKE_MIN_GAS_PRICE, gasWanted)) throw new FakeRefusal(13, "insufficient fee");
      if (gasWanted < GAS_PER_MESSAGE) throw new FakeRefusal(11, "out of gas");
      if (signer.sequence !== account.sequence) throw new FakeRefusal(32, "account sequence mismatch");
      const signBytes = directSignBytes({ ...raw, chainId: this.#chainId, accountNumber: account.accountNumber });
      const signature = Secp256k1Signature.fromFixedLength(raw.signatures[0] ?? new Uint8Array(64));
      if (!Secp256k1.verifySignature(signature, sha256(signBytes), pubkey))
        throw new FakeRefusal(4, "signature verification failed");
    }
    const granter = authInfo.fee?.granter ?? "";
    if (granter === "") this.debit(address, fee);
    else this.#payFor(granter, address, fee, body);
    account.sequence += 1n;
    account.pubkeyBase64 = toBase64(pubkey);
    return { txHash: transactionHashOf(txBytes), body, gasWanted, fee };
  }

  /** Runs the messages; a failure leaves this ledger to be thrown away. @throws FakeRefusal */
  execute(body: TxBody): { readonly gasUsed: bigint } {
    for (const message of body.messages) this.#run(message.typeUrl, message.value);
    return { gasUsed: GAS_PER_MESSAGE * BigInt(body.messages.length) };
  }

  debit(address: string, amount: bigint): void {
    const balance = this.balances.get(address) ?? 0n;
    if (balance < amount) throw new FakeRefusal(5, "insufficient funds");
    this.balances.set(address, balance - amount);
  }

  #run(typeUrl: string, value: Uint8Array): void {
    switch (typeUrl) {
      case "/cosmos.bank.v1beta1.MsgSend": {
        const message = MsgSend.decode(value);
        const amount = BigInt(message.amount[0]?.amount ?? "0");
        this.debit(message.fromAddress, amount);
        this.credit(message.toAddress, amount);
        return;
      }
      case "/cosmos.staking.v1beta1.MsgCreateValidator":
        this.#create(MsgCreateValidator.decode(value));
        return;
      case "/cosmos.staking.v1beta1.MsgEditValidator": {
        const message = MsgEditValidator.decode(value);
        const validator = this.#validator(message.validatorAddress);
        const kept = (now: string, was: string) => (now === DO_NOT_MODIFY ? was : now);
        const { moniker, identity, website, securityContact, details } = message.description;
        const was = validator.description;
        this.validators.set(validator.operatorAddress, {
          ...validator,
          description: {
            moniker: kept(moniker, was.moniker),
            identity: kept(identity, was.identity),
            website: kept(website, was.website),
            securityContact: kept(securityContact, was.securityContact),
            details: kept(details, was.details),
          },
        });
        return;
      }
      case "/cosmos.staking.v1beta1.MsgDelegate": {
        const message = MsgDelegate.decode(value);
        const validator = this.#validator(message.validatorAddress);
        const amount = BigInt(message.amount.amount);
        this.debit(message.delegatorAddress, amount);
        this.#stake(message.delegatorAddress, validator, amount);
        return;
      }
      case "/cosmos.staking.v1beta1.MsgUndelegate": {
        const { delegatorAddress, validatorAddress, amount } = MsgUndelegate.decode(value);
        const taken = BigInt(amount.amount);
        this.#stake(delegatorAddress, this.#validator(validatorAddress), -taken);
        const entry = {
          operatorAddress: validatorAddress,
          creationHeightBlocks: 1n,
          completesAt: "2027-01-01T00:00:00Z",
          initialBaseUnits: taken,
          balanceBaseUnits: taken,
        };
        this.unbondings.set(delegatorAddress, [...(this.unbondings.get(delegatorAddress) ?? []), entry]);
        return;
      }
      case "/cosmos.slashing.v1beta1.MsgUnjail": {
        const validator = this.#validator(MsgUnjail.decode(value).validatorAddr);
        if (!validator.jailed) throw new FakeRefusal(5, "validator not jailed; cannot be unjailed", "slashing");
        this.validators.set(validator.operatorAddress, { ...validator, jailed: false, status: "bonded" });
        return;
      }
      case "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward": {
        const { delegatorAddress, validatorAddress } = MsgWithdrawDelegatorReward.decode(value);
        const key = KEY(delegatorAddress, validatorAddress);
        if (!this.stakes.has(key)) throw new FakeRefusal(5, "no delegation distribution info", "distribution");
        this.credit(delegatorAddress, this.rewards.get(key) ?? 0n);
        this.rewards.delete(key);
        return;
      }
      case "/cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission": {
        const { validatorAddress } = MsgWithdrawValidatorCommission.decode(value);
        const amount = this.commissions.get(validatorAddress) ?? 0n;
        if (amount === 0n) throw new FakeRefusal(6, "no validator commission to withdraw", "distribution");
        this.credit(accountAddressOf(validatorAddress, PREFIXES), amount);
        this.commissions.delete(validatorAddress);
        return;
      }
      case "/cosmos.authz.v1beta1.MsgGrant": {
        const { granter, grantee, grant } = MsgGrant.decode(value);
        const { typeUrl = "", value: content = new Uint8Array() } = grant.authorization ?? {};
        const expiresAt = instantOf(grant.expiration);
        if (typeUrl === StakeAuthorization.typeUrl) {
          const { maxTokens, allowList } = StakeAuthorization.decode(content);
          this.#grant(granter, grantee, {
            kind: "delegate",
            leftBaseUnits: maxTokens === undefined ? null : BigInt(maxTokens.amount),
            denom: maxTokens?.denom ?? null,
            operatorAddresses: allowList?.address ?? null,
            expiresAt,
          });
        } else {
          this.#grant(granter, grantee, {
            kind: "any",
            msgTypeUrl: GenericAuthorization.decode(content).msg,
            expiresAt,
          });
        }
        return;
      }
      case "/cosmos.authz.v1beta1.MsgRevoke": {
        const { granter, grantee, msgTypeUrl } = MsgRevoke.decode(value);
        const left = this.#grantsOf(granter, grantee).filter((grant) => typeOfGrant(grant) !== msgTypeUrl);
        if (left.length === this.#grantsOf(granter, grantee).length)
          throw new FakeRefusal(2, "authorization not found", "authz");
        this.grants.set(KEY(granter, grantee), left);
        return;
      }
      case "/cosmos.authz.v1beta1.MsgExec": {
        const { grantee, msgs } = MsgExec.decode(value);
        for (const message of msgs) this.#runFor(grantee, message.typeUrl, message.value);
        return;
      }
      case "/cosmos.feegrant.v1beta1.MsgGrantAllowance": {
        const { granter, grantee, allowance } = MsgGrantAllowance.decode(value);
        const key = KEY(granter, grantee);
        if (this.allowances.has(key)) throw new FakeRefusal(18, "fee allowance already exists");
        const outer = AllowedMsgAllowance.decode(allowance?.value ?? new Uint8Array());
        const { spendLimit, expiration } = BasicAllowance.decode(outer.allowance?.value ?? new Uint8Array());
        this.allowances.set(key, {
          granteeAddress: grantee,
          left: spendLimit.map(({ denom, amount }) => ({ denom, amountBaseUnits: BigInt(amount) })),
          expiresAt: instantOf(expiration),
          msgTypeUrls: outer.allowedMessages,
        });
        // As the module does, so that somebody without coins can sign.
        this.credit(grantee, 0n);
        return;
      }
      case "/cosmos.feegrant.v1beta1.MsgRevokeAllowance": {
        const { granter, grantee } = MsgRevokeAllowance.decode(value);
        if (!this.allowances.delete(KEY(granter, grantee))) throw new FakeRefusal(38, "fee-grant not found");
        return;
      }
      case "/cosmos.gov.v1.MsgVote": {
        const { proposalId, voter, option } = MsgVote.decode(value);
        this.votes.set(`${proposalId}/${voter}`, OPTIONS[option as keyof typeof OPTIONS]);
        return;
      }
      default:
        throw new FakeRefusal(6, `the fake chain does not know ${typeUrl}`);
    }
  }

  #grantsOf(granter: string, grantee: string): readonly ChainGrant[] {
    return this.grants.get(KEY(granter, grantee)) ?? [];
  }

  #grant(granter: string, grantee: string, grant: ChainGrant): void {
    const others = this.#grantsOf(granter, grantee).filter((one) => typeOfGrant(one) !== typeOfGrant(grant));
    this.grants.set(KEY(granter, grantee), [...others, grant]);
  }

  /** A message of somebody else, under a grant of theirs. @throws FakeRefusal */
  #runFor(grantee: string, typeUrl: string, value: Uint8Array): void {
    const isDelegate = typeUrl === MsgDelegate.typeUrl;
    const delegated = isDelegate ? MsgDelegate.decode(value) : null;
    const granter = delegated?.delegatorAddress ?? MsgWithdrawDelegatorReward.decode(value).delegatorAddress;
    const grant = this.#grantsOf(granter, grantee).find((one) => typeOfGrant(one) === typeUrl);
    if (grant === undefined) throw new FakeRefusal(2, "authorization not found", "authz");
    if (grant.kind === "delegate" && delegated !== null && grant.leftBaseUnits !== null) {
      const left = grant.leftBaseUnits - BigInt(delegated.amount.amount);
      if (left < 0n || !grant.operatorAddresses?.includes(delegated.validatorAddress))
        throw new FakeRefusal(4, "unauthorized");
      const others = this.#grantsOf(granter, grantee).filter((one) => one !== grant);
      this.grants.set(KEY(granter, grantee), left === 0n ? others : [...others, { ...grant, leftBaseUnits: left }]);
    }
    this.#run(typeUrl, value);
  }

  #payFor(granter: string, grantee: string, fee: bigint, body: TxBody): void {
    const key = KEY(granter, grantee);
    const allowance = this.allowances.get(key);
    const left = allowance?.left?.[0];
    const isAllowed = body.messages.every(({ typeUrl }) => allowance?.msgTypeUrls?.includes(typeUrl));
    if (allowance === undefined || left === undefined || left.amountBaseUnits < fee || !isAllowed)
      throw new FakeRefusal(4, "fee allowance exceeded");
    this.debit(granter, fee);
    this.allowances.set(key, { ...allowance, left: [{ ...left, amountBaseUnits: left.amountBaseUnits - fee }] });
  }

  delegationsOf(address: string): ChainDelegation[] {
    return [...this.stakes].flatMap(([key, amountBaseUnits]) => {
      const [delegatorAddress = "", operatorAddress = ""] = key.split("/");
      if (delegatorAddress !== address) return [];
      return [
        { delegatorAddress, operatorAddress, shares: amountBaseUnits.toString(), denom: "omniphi", amountBaseUnits },
      ];
    });
  }

  rewardsOf(address: string): ChainRewards {
    const byValidator = this.delegationsOf(address).map(({ operatorAddress }) => ({
      operatorAddress,
      coins: [{ denom: "omniphi", amount: (this.rewards.get(KEY(address, operatorAddress)) ?? 0n).toString() }],
    }));
    const sum = byValidator.reduce((total, { coins }) => total + BigInt(coins[0]?.amount ?? "0"), 0n);
    return { byValidator, total: sum === 0n ? [] : [{ denom: "omniphi", amount: sum.toString() }] };
  }

  delegatorCount(operatorAddress: string): number {
    return [...this.stakes.keys()].filter((key) => key.endsWith(`/${operatorAddress}`)).length;
  }

  /** What is earned and not withdrawn with a validator, its commission included. */
  outstandingOf(operatorAddress: string): bigint {
    const ofDelegators = [...this.rewards].filter(([key]) => key.endsWith(`/${operatorAddress}`));
    const commission = this.commissions.get(operatorAddress) ?? 0n;
    return ofDelegators.reduce((sum, [, amount]) => sum + amount, commission);
  }

  #stake(delegator: string, validator: ChainValidator, change: bigint): void {
    const key = KEY(delegator, validator.operatorAddress);
    const stake = (this.stakes.get(key) ?? 0n) + change;
    if (stake < 0n) throw new FakeRefusal(19, "not enough delegation shares", "staking");
    if (stake === 0n) this.stakes.delete(key);
    else this.stakes.set(key, stake);
    this.validators.set(validator.operatorAddress, {
      ...validator,
      tokensBaseUnits: validator.tokensBaseUnits + change,
    });
  }

  #create(message: MsgCreateValidator): void {
    const key = toBase64(Ed25519PubKey.decode(message.pubkey?.value ?? new Uint8Array()).key);
    if (this.validators.has(message.validatorAddress)) throw new FakeRefusal(4, "validator owner exists", "staking");
    if ([...this.validators.values()].some((one) => one.consensusPubkeyBase64 === key)) {
      throw new FakeRefusal(5, "validator pubkey exists", "staking");
    }
    const stake = BigInt(message.value.amount);
    this.debit(accountAddressOf(message.validatorAddress, PREFIXES), stake);
    this.addValidator(message.validatorAddress, key, stake, {
      moniker: message.description.moniker,
      commissionRate: decFromAtomics(BigInt(message.commission.rate)),
      commissionMaxRate: decFromAtomics(BigInt(message.commission.maxRate)),
      commissionMaxChangeRate: decFromAtomics(BigInt(message.commission.maxChangeRate)),
      minSelfDelegationBaseUnits: BigInt(message.minSelfDelegation),
    });
    this.stakes.set(KEY(accountAddressOf(message.validatorAddress, PREFIXES), message.validatorAddress), stake);
  }

  addValidator(
    operatorAddress: string,
    consensusPubkeyBase64: string,
    tokensBaseUnits: bigint,
    facts: { moniker: string } & Partial<ChainValidator>,
  ): void {
    const { moniker, ...rest } = facts;
    this.validators.set(operatorAddress, {
      operatorAddress,
      consensusPubkeyBase64,
      consensusAddress: consensusAddressOf(consensusPubkeyBase64, "omnivalcons"),
      consensusAddressHex: consensusAddressHexOf(consensusPubkeyBase64),
      jailed: false,
      status: "bonded",
      tokensBaseUnits,
      delegatorShares: tokensBaseUnits.toString(),
      description: { moniker, identity: "", website: "", securityContact: "", details: "" },
      commissionRate: "0.1",
      commissionMaxRate: "0.2",
      commissionMaxChangeRate: "0.01",
      commissionUpdatedAt: "2026-01-01T00:00:00Z",
      minSelfDelegationBaseUnits: 1n,
      unbondingHeightBlocks: 0n,
      unbondingAt: "1970-01-01T00:00:00Z",
      ...rest,
    });
  }

  #validator(operatorAddress: string): ChainValidator {
    const found = this.validators.get(operatorAddress);
    if (found === undefined) throw new FakeRefusal(3, "validator does not exist", "staking");
    return found;
  }
}

/** A transaction in a block, with who sent it. */
export type FakeTransaction = ChainTransaction & { readonly sender: string };
