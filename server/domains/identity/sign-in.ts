import { defineFlow } from "@/server/kernel/verbs";
import type { TokenMinter } from "@/server/ports/token-minter";
import type { WalletVerifier } from "@/server/ports/wallet-verifier";
import { ACCESS_TOKEN_TTL_SECONDS, API_SESSION_TTL_SECONDS, BROWSER_SESSION_TTL_SECONDS } from "./constants";
import { mintToken } from "./mint-token";
import { openSession } from "./open-session";
import { proveWallet } from "./prove-wallet";
import { SignInInput } from "./schemas";

/**
 * Signs in with an answered statement; the first time makes the person and their organisation. The tokens are returned once and kept nowhere:
 * a browser gets one for its cookie, an API client a short access token with a refresh token.
 * @throws unauthenticated auth.sign_in_refused
 */
export const signIn = defineFlow<{ readonly walletVerifier: WalletVerifier; readonly tokens: TokenMinter }>()({
  verb: "identity.sign-in",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: SignInInput,
  run: async (ctx, { kind, ...proof }) => {
    const proven = await proveWallet(ctx, proof);
    const isBrowser = kind === "browser";
    const token = await mintToken(ctx, { kind: isBrowser ? "session" : "access" });
    const refresh = isBrowser ? null : await mintToken(ctx, { kind: "refresh" });
    const opened = await openSession(ctx, {
      ...proven,
      kind,
      tokenHash: token.tokenHash,
      tokenTtlSeconds: isBrowser ? BROWSER_SESSION_TTL_SECONDS : ACCESS_TOKEN_TTL_SECONDS,
      sessionTtlSeconds: isBrowser ? BROWSER_SESSION_TTL_SECONDS : API_SESSION_TTL_SECONDS,
      refreshTokenHash: refresh?.tokenHash ?? null,
    });
    return { ...opened, token: token.token, refreshToken: refresh?.token ?? null };
  },
});
