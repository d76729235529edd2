import type { ChainNode, ChainReadOptions } from "@/server/ports/chain-node";
import { DELEGATE_TYPE_URL, EXECUTE_TYPE_URL, WITHDRAW_TYPE_URL } from "../constants";

/** What the chain lets the compounder do for a wallet, by its own words of now. */
export type GrantFacts = {
  /** What may still be staked; null where nothing is granted for that validator with a limit. */
  readonly stakeLeftBaseUnits: bigint | null;
  readonly stakeExpiresAt: string | null;
  /** Whether a grant to delegate is there at all, for whichever validator: the chain keeps one for a pair of accounts. */
  readonly hasStakeGrant: boolean;
  readonly mayWithdraw: boolean;
  readonly withdrawExpiresAt: string | null;
  /** What may still be spent on fees; null where no allowance fits. */
  readonly feesLeftBaseUnits: bigint | null;
  readonly feesExpireAt: string | null;
  readonly hasFeeAllowance: boolean;
};

type Pair = { readonly granterAddress: string; readonly granteeAddress: string };

/** Asks the chain what it holds of the grants between the two accounts. @throws upstream_rejected chain.query_unsupported without the modules */
export async function readGrant(
  chain: ChainNode,
  { granterAddress, granteeAddress }: Pair,
  of: { readonly operatorAddress: string | null; readonly denom: string },
  options: ChainReadOptions,
): Promise<GrantFacts> {
  const [grants, allowances] = await Promise.all([
    chain.grants(granterAddress, granteeAddress, options),
    chain.feeAllowances(granterAddress, options),
  ]);
  const delegating = grants.find((grant) => grant.kind === "delegate" || isAny(grant, DELEGATE_TYPE_URL));
  const withdrawing = grants.find((grant) => isAny(grant, WITHDRAW_TYPE_URL));
  // A grant without a limit, or for other validators, was not given for this: it is not used.
  const isForThis =
    delegating?.kind === "delegate" &&
    delegating.denom === of.denom &&
    of.operatorAddress !== null &&
    delegating.operatorAddresses?.length === 1 &&
    delegating.operatorAddresses[0] === of.operatorAddress;
  const allowance = allowances.find((one) => one.granteeAddress === granteeAddress);
  const paysThis = allowance !== undefined && (allowance.msgTypeUrls?.includes(EXECUTE_TYPE_URL) ?? true);
  const left = allowance?.left?.find((coin) => coin.denom === of.denom)?.amountBaseUnits ?? null;
  return {
    stakeLeftBaseUnits: isForThis ? delegating.leftBaseUnits : null,
    stakeExpiresAt: isForThis ? delegating.expiresAt : null,
    hasStakeGrant: delegating !== undefined,
    mayWithdraw: withdrawing !== undefined,
    withdrawExpiresAt: withdrawing?.expiresAt ?? null,
    feesLeftBaseUnits: paysThis ? left : null,
    feesExpireAt: paysThis ? allowance.expiresAt : null,
    hasFeeAllowance: allowance !== undefined,
  };
}

const isAny = (
  grant: Awaited<ReturnType<ChainNode["grants"]>>[number],
  msgTypeUrl: string,
): grant is Extract<typeof grant, { kind: "any" }> => grant.kind === "any" && grant.msgTypeUrl === msgTypeUrl;
