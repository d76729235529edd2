import { grantAnyMessage, grantDelegatingMessage, revokeGrantMessage } from "@/lib/chain/messages/authz";
import { grantFeesMessage, revokeFeesMessage } from "@/lib/chain/messages/feegrant";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";
import { compounderOf } from "../compound/compounder";
import { type GrantFacts, readGrant } from "../compound/read-grant";
import { DELEGATE_TYPE_URL, EXECUTE_TYPE_URL, WITHDRAW_TYPE_URL } from "../constants";
import { grantsNotOffered, noStakeToCompound, nothingToRevoke, paidElsewhere } from "../errors";
import type { ActRequest } from "../schemas";
import { FRESH, type Plan, type Planner, requireValidator, stakeWith } from "./plan";

const DAY_MS = 86_400_000;
type Ctx = ServiceCtx<Ports> & { readonly organizationId: string };
type Asked = Extract<ActRequest, { kind: "grant_compound" }>;

async function grantOf(planner: Planner, granteeAddress: string, operatorAddress: string | null): Promise<GrantFacts> {
  const pair = { granterAddress: planner.signerAddress, granteeAddress };
  try {
    return await readGrant(planner.chain, pair, { operatorAddress, denom: planner.network.baseDenom }, FRESH);
  } catch (thrown) {
    if (isAppError(thrown) && thrown.code === "chain.query_unsupported") throw grantsNotOffered();
    throw thrown;
  }
}

/**
 * Lets this installation stake again what the wallet earns with one validator: a limited permission to delegate with it alone, one to withdraw
 * rewards, and an allowance for the fees of just that, all until the same day. A grant of before is replaced, since the chain keeps one of a kind.
 */
export async function planGrantCompound(ctx: Ctx, planner: Planner, asked: Asked): Promise<Plan> {
  const { chain, network, signerAddress } = planner;
  const { address: granteeAddress } = await compounderOf(ctx, network);
  const [validator, stake, paidTo, status, grant] = await Promise.all([
    requireValidator(planner, asked.operatorAddress),
    stakeWith(planner, asked.operatorAddress),
    chain.withdrawAddress(signerAddress, FRESH),
    chain.status(FRESH),
    grantOf(planner, granteeAddress, asked.operatorAddress),
  ]);
  if (stake === 0n) throw noStakeToCompound();
  if (paidTo !== signerAddress) throw paidElsewhere(paidTo);
  const expiresAt = new Date(Date.parse(status.latestBlockAt) + asked.days * DAY_MS);
  const pair = { granterAddress: signerAddress, granteeAddress };
  const coin = (amountBaseUnits: string) => ({ denom: network.baseDenom, amountBaseUnits: BigInt(amountBaseUnits) });
  return {
    messages: [
      grantDelegatingMessage({
        ...pair,
        expiresAt,
        operatorAddress: asked.operatorAddress,
        limit: coin(asked.limitBaseUnits),
      }),
      grantAnyMessage({ ...pair, expiresAt, msgTypeUrl: WITHDRAW_TYPE_URL }),
      // A second allowance is refused while the first one stands (cosmossdk.io/x/feegrant 0.1, keeper/msg_server.go).
      ...(grant.hasFeeAllowance ? [revokeFeesMessage(pair)] : []),
      grantFeesMessage({
        ...pair,
        expiresAt,
        limit: coin(asked.feeLimitBaseUnits),
        msgTypeUrls: [EXECUTE_TYPE_URL],
      }),
    ],
    spendsBaseUnits: 0n,
    changes: [
      {
        label: `May be staked with ${validator.description.moniker}, at most`,
        unit: "base_units",
        before: grant.stakeLeftBaseUnits?.toString() ?? null,
        after: asked.limitBaseUnits,
      },
      {
        label: "May be spent on fees, at most",
        unit: "base_units",
        before: grant.feesLeftBaseUnits?.toString() ?? null,
        after: asked.feeLimitBaseUnits,
      },
      { label: "Ends", unit: "text", before: grant.stakeExpiresAt, after: expiresAt.toISOString() },
    ],
    operatorAddress: asked.operatorAddress,
    proposalId: null,
    amountBaseUnits: BigInt(asked.limitBaseUnits),
    isDirectOnly: true,
  };
}

/** Takes back what the chain holds of those grants, each by its own message: the chain refuses to revoke what is not there. */
export async function planRevokeCompound(ctx: Ctx, planner: Planner): Promise<Plan> {
  const { network, signerAddress } = planner;
  const { address: granteeAddress } = await compounderOf(ctx, network);
  const grant = await grantOf(planner, granteeAddress, null);
  const pair = { granterAddress: signerAddress, granteeAddress };
  const messages = [
    ...(grant.hasStakeGrant ? [revokeGrantMessage({ ...pair, msgTypeUrl: DELEGATE_TYPE_URL })] : []),
    ...(grant.mayWithdraw ? [revokeGrantMessage({ ...pair, msgTypeUrl: WITHDRAW_TYPE_URL })] : []),
    ...(grant.hasFeeAllowance ? [revokeFeesMessage(pair)] : []),
  ];
  if (messages.length === 0) throw nothingToRevoke();
  return {
    messages,
    spendsBaseUnits: 0n,
    changes: [{ label: "Permission to compound", unit: "text", before: "given", after: "none" }],
    operatorAddress: null,
    proposalId: null,
    amountBaseUnits: null,
  };
}
