import { defineFlow } from "@/server/kernel/verbs";
import type { TokenMinter } from "@/server/ports/token-minter";
import type { WalletVerifier } from "@/server/ports/wallet-verifier";
import { ACCESS_TOKEN_TTL_SECONDS } from "./constants";
import { TokenPair, WalletProof } from "./schemas";
import { signIn } from "./sign-in";

/** Signs an API client in: an access token and the refresh token for the next one. @throws unauthenticated auth.sign_in_refused */
export const openTokens = defineFlow<{ readonly walletVerifier: WalletVerifier; readonly tokens: TokenMinter }>()({
  verb: "identity.open-tokens",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: WalletProof,
  output: TokenPair,
  run: async (ctx, proof) => {
    const opened = await signIn(ctx, { ...proof, kind: "api" });
    if (opened.refreshToken === null) throw new Error("an API session has no refresh token");
    return {
      accessToken: opened.token,
      refreshToken: opened.refreshToken,
      tokenType: "Bearer" as const,
      expiresIn: ACCESS_TOKEN_TTL_SECONDS,
    };
  },
});
