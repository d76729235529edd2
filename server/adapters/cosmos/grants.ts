import { z } from "zod";
import type { ChainFeeAllowance, ChainGrant } from "@/server/ports/chain-node";
import { type restFeeAllowance, type restGrant, restStakeAuthorization } from "./rest-schemas";
import { wireCoin, wireInstant } from "./wire-values";

/** A grant of authz; what this product never asks for is told apart no further. */
export function toGrant({ authorization, expiration }: z.output<typeof restGrant>): ChainGrant {
  const expiresAt = expiration ?? null;
  const { "@type": type } = authorization;
  if (type === "/cosmos.authz.v1beta1.GenericAuthorization") {
    return { kind: "any", msgTypeUrl: z.string().parse(authorization.msg), expiresAt };
  }
  if (type !== "/cosmos.staking.v1beta1.StakeAuthorization") return { kind: "other", expiresAt };
  const stake = restStakeAuthorization.parse(authorization);
  if (stake.authorization_type !== "AUTHORIZATION_TYPE_DELEGATE") return { kind: "other", expiresAt };
  return {
    kind: "delegate",
    leftBaseUnits: stake.max_tokens?.amountBaseUnits ?? null,
    denom: stake.max_tokens?.denom ?? null,
    operatorAddresses: stake.allow_list?.address ?? null,
    expiresAt,
  };
}

const basic = z.object({ spend_limit: z.array(wireCoin), expiration: wireInstant.nullish() });
const allowedMessages = z.object({
  allowance: z.looseObject({ "@type": z.string() }),
  allowed_messages: z.array(z.string()),
});

/** What a fee grant still pays. Of a periodic one nothing is known here but that it is there: it is read as one that pays nothing. */
export function toFeeAllowance({ grantee, allowance }: z.output<typeof restFeeAllowance>): ChainFeeAllowance {
  const isForSome = allowance["@type"] === "/cosmos.feegrant.v1beta1.AllowedMsgAllowance";
  const outer = isForSome ? allowedMessages.parse(allowance) : null;
  const inner = outer === null ? allowance : outer.allowance;
  const msgTypeUrls = outer?.allowed_messages ?? null;
  if (inner["@type"] !== "/cosmos.feegrant.v1beta1.BasicAllowance") {
    return { granteeAddress: grantee, left: [], expiresAt: null, msgTypeUrls };
  }
  const { spend_limit: left, expiration } = basic.parse(inner);
  return { granteeAddress: grantee, left: left.length === 0 ? null : left, expiresAt: expiration ?? null, msgTypeUrls };
}
