import { issueLoginNonce, resolveSession, signIn } from "@/server/domains/identity";
import type { Actor, ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import type { TestRuntime } from "../test-runtime";
import { createTestWallet, type TestWallet } from "../test-wallet";

/** A person who signed in with a wallet of their own, as an API client; owner of their personal organisation. */
export type SignedInPerson = {
  readonly wallet: TestWallet;
  readonly userId: string;
  readonly organizationId: string;
  readonly sessionId: string;
  /** Bearer. */
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly actor: Actor;
  /** A context in which verbs act as this person. */
  ctx(): Promise<ServiceCtx<Ports> & { readonly organizationId: string }>;
};

/** Answers a fresh statement with the wallet; through the verbs, as every client does. */
export async function answerChallenge(runtime: TestRuntime, wallet: TestWallet) {
  const anonymous = await runtime.ctx({ actor: { kind: "anonymous" } });
  const challenge = await issueLoginNonce(anonymous, {
    address: wallet.address,
    accountPrefix: "omni",
    chainId: "omniphi-localnet-1",
    publicUrl: runtime.settings.publicUrl,
  });
  const signed = await wallet.signArbitrary(challenge.messageToSign);
  return { walletAddress: wallet.address, nonce: challenge.nonce, ...signed };
}

/** Signs a new person in, or the owner of the given wallet again. */
export async function createPerson(
  runtime: TestRuntime,
  given?: TestWallet,
  { isTestWallet = false } = {},
): Promise<SignedInPerson> {
  const wallet = given ?? (await createTestWallet());
  const anonymous = await runtime.ctx({ actor: { kind: "anonymous" } });
  const opened = await signIn(anonymous, { ...(await answerChallenge(runtime, wallet)), isTestWallet, kind: "api" });
  const { tokens } = await runtime.ports();
  const principalNow = async () => {
    const read = tokens.read(opened.token);
    const principal = read ? await resolveSession(anonymous, { tokenHash: read.tokenHash }) : null;
    if (!principal) throw new Error("the session of this person has ended");
    return principal;
  };
  const { actor } = await principalNow();
  return {
    wallet,
    userId: opened.userId,
    organizationId: opened.organizationId,
    sessionId: opened.sessionId,
    accessToken: opened.token,
    refreshToken: opened.refreshToken ?? "",
    actor,
    ctx: async () => {
      const principal = await principalNow();
      const { organizationId } = principal;
      if (organizationId === null) throw new Error("this person acts for no organisation");
      return { ...(await runtime.ctx({ actor: principal.actor })), organizationId };
    },
  };
}
