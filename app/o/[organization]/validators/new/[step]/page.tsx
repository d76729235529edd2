import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { organizationHref } from "@/components/layout/organization-href";
import { EmptyState } from "@/components/state/empty-state";
import { validatorHref } from "@/components/validators/validator-href";
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
  const [me, networks, draft] = await Promise.all([
    caller.identity.me(),
    caller.chain.listNetworks({ status: "active" }),
    caller.validators.getDraft({}),
  ]);
  if (!me?.scopes.includes("validators:write")) {
    return (
      <EmptyState title="Your role here cannot set up a validator">
        A developer, an admin or an owner of this organisation can. Ask one of them for another role, or set the
        validator up in an organisation of your own.
      </EmptyState>
    );
  }
  const network = networks[0];
  if (!network || !me.walletAddress) {
    return <NetworkWait what="The wizard" localnet={await caller.chain.getLocalnetStatus({})} />;
  }
  const ofWallet = await caller.validators.listSetupRequests({ walletAddress: me.walletAddress, limit: 100 });
  const taken = ofWallet.items.find(
    ({ setupRequest }) => setupRequest.networkId === network.id && !isGivenUp(setupRequest.status),
  )?.setupRequest;
  return (
    <NewValidator
      step={step}
      walletAddress={me.walletAddress}
      taken={taken ? { name: taken.validatorName, href: organizationHref(organization, validatorHref(taken)) } : null}
      network={{
        id: network.id,
        chainId: network.chainId,
        displayName: network.displayName,
        kind: network.kind,
        displayDenom: network.displayDenom,
        denomExponent: network.denomExponent,
      }}
      initialAnswers={{ ...FIRST_ANSWERS, ...draft }}
    />
  );
}
