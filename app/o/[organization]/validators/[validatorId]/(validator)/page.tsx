import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { firstRead, readOrNotFound } from "@/app/first-read";
import { organizationHref } from "@/components/layout/organization-href";
import { GRID_BLOCKS } from "@/components/validators/grid-blocks";
import { NEWEST_LINES } from "@/components/validators/newest-lines";
import { ValidatorPage } from "@/components/validators/validator-page";
import { consensusAddressOf } from "@/lib/chain/key-address";
import { hasBeenOnChain } from "@/server/domains/validators/states";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Validator" };

/** A part of the page: also where the chain has no such validator any more, the page has the rest. */
const firstPart = <Data,>(asked: Promise<Data>): Promise<Data | undefined> => firstRead(asked.catch(() => undefined));

type Props = { params: Promise<{ organization: string; validatorId: string }> };

export default async function OneValidatorPage({ params }: Props) {
  const { organization, validatorId } = await params;
  const caller = await api();
  const initial = await readOrNotFound(caller.validators.getSetupRequest({ setupRequestId: validatorId }));
  const { networkId, consensusAddress, status } = initial.setupRequest;
  if (!hasBeenOnChain(status)) redirect(organizationHref(organization, `/validators/${validatorId}/setup`));
  const ofConsensus = { networkId, consensusAddress: consensusAddress ?? "" };
  const [me, events, network, grid, budget, onChain] = await Promise.all([
    caller.identity.me(),
    caller.validators.listSetupEvents({ setupRequestId: validatorId, newest: NEWEST_LINES }),
    caller.chain.getNetwork({ networkId }),
    // The browser asks again for what fails here, and says why.
    firstPart(caller.chain.getSigningGrid({ ...ofConsensus, blocks: GRID_BLOCKS })),
    firstPart(caller.chain.getMissBudget(ofConsensus)),
    firstRead(caller.validators.getOnChain({ setupRequestId: validatorId })),
  ]);
  return (
    <ValidatorPage
      initial={initial}
      initialEvents={events}
      initialGrid={grid}
      initialBudget={budget}
      initialOnChain={onChain}
      maySign={me?.scopes.includes("staking:write") ?? false}
      mayPublish={me?.scopes.includes("validators:write") ?? false}
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
