import type { BuiltMessage } from "@/lib/chain/messages/built-message";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork, ChainNode, ChainValidator } from "@/server/ports/chain-node";
import type { ShowAmount } from "../errors";
import { noSuchValidator } from "../errors";
import type { ActChange } from "../schemas";

/** Whom an act is planned for, and whom it is asked of. */
export type Planner = {
  readonly chain: ChainNode;
  readonly network: ChainNetwork;
  readonly signerAddress: string;
  /** The validator that this wallet would operate; whether there is one, the chain says. */
  readonly ownOperatorAddress: string;
  readonly show: ShowAmount;
};

/** What a person will be asked to sign, and what comes of it. */
export type Plan = {
  readonly messages: readonly BuiltMessage[];
  /** What leaves the balance, without the fee. */
  readonly spendsBaseUnits: bigint;
  readonly changes: readonly ActChange[];
  readonly operatorAddress: string | null;
  readonly proposalId: bigint | null;
  readonly amountBaseUnits: bigint | null;
  /**
   * The plan of its first so many messages, where a part of it is a smaller one of the same kind and the rest can come with the next transaction.
   * A plan without it goes whole or not at all.
   */
  readonly shortened?: (messages: number) => Plan;
  /** Whether the chain's amino JSON of its messages is not written here, so that only direct signing can sign it. */
  readonly isDirectOnly?: true;
};

/** Now, never out of the cache: what is about to be signed rests on it. */
export const FRESH = { maxAgeMs: 0 };

/** The answer, or null where the chain says that there is none. */
export async function orNone<Out>(answer: Promise<Out>): Promise<Out | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return null;
    throw thrown;
  }
}

/** A validator of the chain. @throws not_found staking.validator_not_found */
export async function requireValidator({ chain }: Pick<Planner, "chain">, operator: string): Promise<ChainValidator> {
  const found = await orNone(chain.validatorByOperator(operator, FRESH));
  if (found === null) throw noSuchValidator(operator);
  return found;
}

/** What the wallet has staked with the validator; none is zero, as the chain's own answer. */
export async function stakeWith({ chain, signerAddress }: Planner, operator: string): Promise<bigint> {
  const all = await chain.delegations(signerAddress, FRESH);
  return all.find(({ operatorAddress }) => operatorAddress === operator)?.amountBaseUnits ?? 0n;
}
