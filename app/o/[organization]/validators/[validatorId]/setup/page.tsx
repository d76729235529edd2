import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SetupPage } from "@/components/validators/setup/setup-page";
import { toWalletNetwork } from "@/components/wallet-signer/wallet-network";
import { isAppError } from "@/server/kernel/errors";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Setup" };

export default async function ValidatorSetupPage({ params }: { params: Promise<{ validatorId: string }> }) {
  const { validatorId } = await params;
  const caller = await api();
  try {
    const initial = await caller.validators.get({ setupRequestId: validatorId });
    const [events, network] = await Promise.all([
      caller.validators.events({ setupRequestId: validatorId }),
      caller.chain.network({ networkId: initial.setupRequest.networkId }),
    ]);
    return (
      <SetupPage initial={initial} initialEvents={events} network={{ ...toWalletNetwork(network), id: network.id }} />
    );
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.cause : undefined;
    if (isAppError(cause) && (cause.kind === "not_found" || cause.kind === "invalid")) notFound();
    throw thrown;
  }
}
