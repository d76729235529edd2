import "server-only";
import { z } from "zod";
import { describePrincipal, type Principal } from "@/server/domains/identity";
import { LoginChallenge, Me, NoInput, WalletAddressText } from "@/server/domains/identity/schemas";
import type { ServiceCtx } from "@/server/kernel/context";
import { unauthenticated } from "@/server/kernel/errors";
import { answerOf, publishAll } from "@/server/kernel/publish";
import { boundedText } from "@/server/kernel/text";
import type { Ports } from "@/server/ports/ports";
import type { Runtime } from "@/server/runtime/runtime";
import { issueChallenge } from "./issue-challenge";

type Asked = { readonly service: ServiceCtx<Ports>; readonly runtime: Runtime; readonly principal: Principal | null };

/** What the way in itself knows: a statement to sign, and who is asking. */
export const published = publishAll("identity", "Sign-in and tokens", [
  answerOf<Asked>()({
    rest: "GET /auth/challenge/{address}",
    trpc: "challenge",
    type: "mutation",
    operationId: "getChallenge",
    because: "sign-in",
    rateLimit: "auth",
    limitBy: "address",
    summary: "A statement to sign with the wallet; good once, for five minutes",
    input: z.strictObject({ address: WalletAddressText, chainId: boundedText(64).min(1).optional() }),
    output: LoginChallenge,
    run: (ctx, input) => issueChallenge(ctx.service, { ...input, publicUrl: ctx.runtime.settings.publicUrl }),
  }),
  answerOf<Asked>()({
    rest: "GET /auth/verify",
    operationId: "verifyCredential",
    because: "own account",
    summary: "Who the credential stands for, with its scopes",
    input: NoInput,
    output: Me,
    run: async ({ principal }) => {
      if (principal === null) throw unauthenticated("auth.session_missing", "Sign in to do this.");
      return describePrincipal(principal);
    },
  }),
  answerOf<Asked>()({
    trpc: "me",
    operationId: "getCaller",
    because: "public",
    summary: "Who is asking; null for nobody",
    input: NoInput,
    output: Me.nullable(),
    run: async ({ principal }) => (principal ? describePrincipal(principal) : null),
  }),
]);
