import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { organizationHref } from "@/components/layout/organization-href";
import { EmptyState } from "@/components/state/empty-state";
import { validatorHref } from "@/components/validators/validator-href";
import { chooseNetwork } from "@/components/validators/wizard/choose-network";
import { NewValidator } from "@/components/validators/wizard/new-validator";
import { ANSWER_STEPS, FIRST_ANSWERS } from "@/components/validators/wizard/wizard-answers";
import { NetworkWait } from "@/components/wallet/network-wait";
import { isGivenUp } from "@/server/domains/validators/states";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "New validator" };

export default async function WizardPage({ params }: { params: Promise<{ organization: string; step: string }> }) {
  const { organization, step: asked } = await params;
  const step = ANSWER_STEPS.find((known) => known === asked);
  if (!step) notFound();
  const caller = await api();
  const [me, networks, draft, wallets] = await Promise.all([
    caller.identity.me(),
    caller.chain.listNetworks({ status: "active" }),
    caller.validators.getDraft({}),
    caller.identity.listWallets({}),
  ]);
  if (!me?.scopes.includes("validators:write")) {
    return (
      <EmptyState title="Your role here cannot set up a validator">
        A developer, an admin or an owner of this organisation can. Ask one of them for another role, or set the
        validator up in an organisation of your own.
      </EmptyState>
    );
  }
  if (networks.length === 0 || !me.walletAddress) {
    return <NetworkWait what="The wizard" localnet={await caller.chain.getLocalnetStatus({})} />;
  }
  const addresses = [me.walletAddress, ...wallets.items.map(({ address }) => address)];
  const { offered, chosen } = chooseNetwork(networks, addresses, draft.networkId);
  if (!chosen) return <NoNetworkOffered names={offered.map(({ network }) => network.displayName)} />;
  const { network, walletAddress } = chosen;
  const ofWallet = await caller.validators.listSetupRequests({ walletAddress, limit: 100 });
  const taken = ofWallet.items.find(
    ({ setupRequest }) => setupRequest.networkId === network.id && !isGivenUp(setupRequest.status),
  )?.setupRequest;
  return (
    <NewValidator
      step={step}
      walletAddress={walletAddress}
      taken={taken ? { name: taken.validatorName, href: organizationHref(organization, validatorHref(taken)) } : null}
      network={{
        id: network.id,
        chainId: network.chainId,
        displayName: network.displayName,
        kind: network.kind,
        displayDenom: network.displayDenom,
        denomExponent: network.denomExponent,
        hasFaucet: network.hasFaucet,
      }}
      offers={offered.map(({ network: one, walletAddress: own }) => ({
        id: one.id,
        chainId: one.chainId,
        displayName: one.displayName,
        displayDenom: one.displayDenom,
        disabledReason:
          own === null
            ? `Its accounts begin with ${one.bech32.account}1: link a wallet of it under Account, Wallets.`
            : null,
      }))}
      initialAnswers={{ ...FIRST_ANSWERS, ...draft }}
    />
  );
}

/** Why there is no network to set a validator up on, and who can change that. */
function NoNetworkOffered({ names }: { names: readonly string[] }) {
  if (names.length === 0) {
    return (
      <EmptyState title="No network takes validators here yet">
        The networks of this installation are watched only. An operator adds a release and a genesis to a network's
        record; then it is offered here.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`Link a wallet of ${names.join(" or ")}`}>
      A validator belongs to an account of its own network, and none of your wallets has one there. Link a wallet under{" "}
      <Link href="/account/wallets" className="text-accent underline underline-offset-4">
        Account, Wallets
      </Link>
      , then come back.
    </EmptyState>
  );
}
