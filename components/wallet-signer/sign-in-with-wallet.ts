import { z } from "zod";
import { rememberWallet } from "./remembered-wallet";
import type { WalletNetwork, WalletSigner } from "./wallet-signer";

const Challenge = z.object({ nonce: z.string(), messageToSign: z.string() });
const Csrf = z.object({ csrfToken: z.string() });
const Problem = z.object({ code: z.string(), detail: z.string() });
const Redirect = z.object({ url: z.string() });

/** What refused the sign-in, with its code. */
export class SignInRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "SignInRefused";
    this.code = code;
  }
}

async function json(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const problem = Problem.safeParse(body);
  throw problem.success
    ? new SignInRefused(problem.data.code, problem.data.detail)
    : new SignInRefused("web.bad_answer", `The portal answered with status ${response.status}. Try again in a moment.`);
}

/** Connects, answers a fresh statement with an ADR-036 signature and opens a session. @throws WalletError, SignInRefused */
export async function signInWithWallet(signer: WalletSigner, network: WalletNetwork): Promise<void> {
  const account = await signer.connect(network);
  const challenge = Challenge.parse(
    await json(await fetch(`/api/v1/auth/challenge/${account.address}?chainId=${encodeURIComponent(network.chainId)}`)),
  );
  const signed = await signer.signText(network, account.address, challenge.messageToSign);
  const { csrfToken } = Csrf.parse(await json(await fetch("/api/auth/csrf")));
  const answer = await json(
    await fetch("/api/auth/callback/wallet", {
      method: "POST",
      // Auth.js answers with the address to go to instead of a redirect.
      headers: { "content-type": "application/json", "x-auth-return-redirect": "1" },
      body: JSON.stringify({
        walletAddress: account.address,
        pubkey: signed.pubkeyBase64,
        signature: signed.signatureBase64,
        nonce: challenge.nonce,
        isTestWallet: signer.kind === "test",
        csrfToken,
        callbackUrl: "/o",
      }),
    }),
  );
  const code = new URL(Redirect.parse(answer).url, window.location.origin).searchParams.get("code");
  if (code)
    throw new SignInRefused(
      code,
      "The portal did not accept the signature. Ask for a new statement and sign it within five minutes.",
    );
  rememberWallet(signer.kind);
}
