import type { Metadata } from "next";
import { readOrNotFound } from "@/app/first-read";
import { NEWEST_LINES } from "@/components/validators/newest-lines";
import { SetupPage } from "@/components/validators/setup/setup-page";
import { toWalletNetwork } from "@/components/wallet-signer/wallet-network";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Setup" };

export default async function ValidatorSetupPage({ params }: { params: Promise<{ validatorId: string }> }) {
  const { validatorId } = await params;
  const caller = await api();
  const initial = await readOrNotFound(caller.validators.getSetupRequest({ setupRequestId: validatorId }));
  const [events, network] = await Promise.all([
    caller.validators.listSetupEvents({ setupRequestId: validatorId, newest: NEWEST_LINES }),
    caller.chain.getNetwork({ networkId: initial.setupRequest.networkId }),
  ]);
  return (
    <SetupPage
      initial={initial}
      initialEvents={events}
      network={{ ...toWalletNetwork(network), id: network.id, hasFaucet: network.hasFaucet }}
    />
  );
}
