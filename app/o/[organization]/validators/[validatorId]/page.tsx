import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { organizationHref } from "@/components/layout/organization-href";
import { ValidatorPage } from "@/components/validators/validator-page";
import { consensusAddressOf } from "@/lib/chain/key-address";
import { isAppError } from "@/server/kernel/errors";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Validator" };

/** The validator's data for the page, or null for an id that is not one of the organisation's. */
async function load(validatorId: string) {
  const caller = await api();
  try {
    const initial = await caller.validators.get({ setupRequestId: validatorId });
    const [events, network] = await Promise.all([
      caller.validators.events({ setupRequestId: validatorId }),
      caller.chain.network({ networkId: initial.setupRequest.networkId }),
    ]);
    return { initial, events, network };
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.cause : undefined;
    if (isAppError(cause) && (cause.kind === "not_found" || cause.kind === "invalid")) return null;
    throw thrown;
  }
}

export default async function OneValidatorPage({
  params,
}: {
  params: Promise<{ organization: string; validatorId: string }>;
}) {
  const { organization, validatorId } = await params;
  const loaded = await load(validatorId);
  if (!loaded) notFound();
  const { initial, events, network } = loaded;
  if (initial.setupRequest.status !== "active")
    redirect(organizationHref(organization, `/validators/${validatorId}/setup`));
  return (
    <ValidatorPage
      initial={initial}
      initialEvents={events}
      consensusAddressText={
        initial.setupRequest.consensusPubkey
          ? consensusAddressOf(initial.setupRequest.consensusPubkey, network.bech32.consensus)
          : null
      }
      network={{
        id: network.id,
        chainId: network.chainId,
        displayName: network.displayName,
        displayDenom: network.displayDenom,
        denomExponent: network.denomExponent,
      }}
    />
  );
}
