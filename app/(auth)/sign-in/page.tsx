import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PublicHeader } from "@/components/landing/public-header";
import { NetworkWait } from "@/components/wallet/network-wait";
import { WalletChoice } from "@/components/wallet/wallet-choice";
import { distinctForWallets, toWalletNetwork } from "@/components/wallet-signer/wallet-network";
import { safeNextPath } from "@/server/http/signed-in-paths";
import { api, currentPrincipal } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

/** Sign-in by wallet. The chain may still be being built when the portal already answers; the page says so and goes on by itself. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const nextPath = safeNextPath(Array.isArray(next) ? next[0] : next, "/o");
  if (await currentPrincipal()) redirect(nextPath);
  const caller = await api();
  const active = await caller.chain.listNetworks({ status: "active" });
  const [network, ...others] = distinctForWallets(active).map(toWalletNetwork);
  const localnet = network ? null : await caller.chain.getLocalnetStatus({});
  return (
    <>
      <PublicHeader />
      <main id="content" tabIndex={-1} className="mx-auto grid max-w-120 gap-5 px-4 pt-14 pb-20 sm:pt-24 outline-none">
        <h1 className="text-xl font-semibold tracking-tight">Sign in with your wallet</h1>
        <p className="text-ink-muted">
          You sign one sentence that names this site, the chain and the time. It moves no coins and gives nothing away;
          the key stays in the wallet.
        </p>
        {network ? (
          <WalletChoice networks={[network, ...others]} nextPath={nextPath} />
        ) : (
          <NetworkWait what="Sign-in" localnet={localnet} />
        )}
        <noscript>
          <p className="rounded-md border bg-panel px-4 py-2.5">
            Wallets are asked by JavaScript, which is off in this browser. Turn it on for this site, or use the API.
          </p>
        </noscript>
        <p className="text-sm text-ink-muted">
          For programs,{" "}
          <Link href="/docs/api" className="text-accent underline underline-offset-4">
            the API
          </Link>{" "}
          takes the same signature.
        </p>
      </main>
    </>
  );
}
