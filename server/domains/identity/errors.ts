import {
  conflict,
  forbidden,
  invalid,
  invalidState,
  limitExceeded,
  notFound,
  unauthenticated,
} from "@/server/kernel/errors";

/** 401: one answer for every way in which a sign-in can fail, so that none can be told from another. */
export const signInRefused = () =>
  unauthenticated(
    "auth.sign_in_refused",
    "The signature does not prove this wallet for this statement, or the statement was used or is older than five minutes. Ask for a new one and sign again.",
  );

/** 401: the refresh token is unknown, used or ended with its session. */
export const refreshRefused = () =>
  unauthenticated("auth.refresh_refused", "This refresh token is not valid any more. Sign in again with the wallet.");

/** 403: a token acts for an organisation, not for a person. */
export const userRequired = () =>
  forbidden("auth.user_required", "Only a signed-in person can do this; an API token cannot.");

export const sessionNotFound = (sessionId: string) =>
  notFound("identity.session_not_found", "There is no such session of yours.", { details: { sessionId } });

export const walletNotFound = (walletId: string) =>
  notFound("identity.wallet_not_found", "There is no such wallet of yours.", { details: { walletId } });

/** 409: the address is another person's. */
export const walletTaken = () =>
  conflict("identity.wallet_taken", "This wallet belongs to another account. Sign in with it to use that account.");

/** 409: without a wallet there would be no way back in. */
export const lastWallet = () =>
  invalidState("identity.last_wallet", "This is your only wallet. Link another one first, then remove this one.");

export const apiTokenNotFound = (apiTokenId: string) =>
  notFound("identity.api_token_not_found", "There is no such token in this organisation.", { details: { apiTokenId } });

/** 400: no domain has it. */
export const unknownScope = (scope: string) =>
  invalid("identity.unknown_scope", `There is no scope ${scope}.`, {
    fieldErrors: { scopes: [`${scope} is not a scope`] },
  });

export const tooManyApiTokens = (limit: number) =>
  limitExceeded(
    "identity.too_many_api_tokens",
    `An organisation keeps at most ${limit} live tokens. Revoke one first.`,
    {
      details: { limit },
    },
  );

/** 403: a token may not hold what its maker does not. */
export const scopesBeyondOwn = (scope: string) =>
  forbidden("auth.scope_missing", `You do not hold the scope ${scope}, so you cannot give it to a token.`, {
    details: { scope },
  });

/** 404: there is none of that id or slug, or the caller does not work in it. */
export const organizationNotFound = (organization: string) =>
  notFound("identity.organization_not_found", "There is no such organisation among yours.", {
    details: { organization },
  });

export const memberNotFound = (userId: string) =>
  notFound("identity.member_not_found", "There is no such member in this organisation.", { details: { userId } });

/** 409: an organisation without an owner could be run by nobody. */
export const lastOwner = () =>
  invalidState("identity.last_owner", "This is the only owner. Make somebody else owner first.");

/** 403: only owners make and unmake owners, and only in person. */
export const ownerRequired = () =>
  forbidden(
    "auth.owner_required",
    "Only an owner who is signed in can give or take the owner role; an API token cannot.",
  );

/** 403: the role that the request came with was changed or taken meanwhile. */
export const roleTaken = () =>
  forbidden("auth.scope_missing", "Your role in this organisation does not allow this any more.", {
    details: { scope: "identity:admin" },
  });

/** 409: the address is a member's already. */
export const alreadyMember = () => conflict("identity.already_member", "This wallet's owner is a member already.");

export const invitationNotFound = (invitationId: string) =>
  notFound("identity.invitation_not_found", "There is no such invitation, or it has ended.", {
    details: { invitationId },
  });

/** 404: a platform role can be given only to somebody who has signed in once. */
export const userOfWalletNotFound = (walletAddress: string) =>
  notFound(
    "identity.user_of_wallet_not_found",
    `Nobody has signed in with ${walletAddress} yet. Sign in with that wallet once, then run this again.`,
    { details: { walletAddress } },
  );
