"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { DataProvider, shownError, useTRPC } from "@/components/data/trpc-client";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { isBech32Address } from "@/lib/chain/bech32-address";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits } from "@/lib/money";
import type { Network } from "@/server/domains/chain/networks/schemas";

type FaucetNetwork = Pick<
  Network,
  "id" | "chainId" | "hasFaucet" | "faucetUrl" | "displayDenom" | "denomExponent" | "bech32"
>;

type FaucetPanelProps = {
  network: FaucetNetwork;
  /** Of the organisation for which the reader asks; null for whoever is not signed in. */
  organizationSlug: string | null;
  /** The reader's own address on this network, as a beginning. */
  ownAddress: string;
};

/** Test coins: paid here on a local chain, by the network's own faucet elsewhere. */
export function FaucetPanel({ network, organizationSlug, ownAddress }: FaucetPanelProps) {
  const { hasFaucet, faucetUrl, displayDenom, chainId } = network;
  return (
    <Panel title="Test coins">
      {!hasFaucet ? (
        <p className="text-sm text-ink-muted">
          {faucetUrl === null ? (
            `This installation pays no ${displayDenom} here, and the network's record names no faucet.`
          ) : (
            <>
              This network has a faucet of its own:{" "}
              <a
                href={faucetUrl}
                rel="noopener noreferrer"
                className="wrap-anywhere text-accent underline underline-offset-2"
              >
                {faucetUrl}
              </a>
            </>
          )}
        </p>
      ) : organizationSlug === null ? (
        <p className="flex flex-wrap items-center gap-3 text-sm">
          <Button asChild kind="primary">
            <Link href={`/sign-in?next=${encodeURIComponent(`/networks/${chainId}/join`)}`}>
              Sign in for test coins
            </Link>
          </Button>
          <span className="text-ink-muted">A wallet's signature is enough; so each asker can be limited.</span>
        </p>
      ) : (
        <DataProvider organizationSlug={organizationSlug}>
          <FaucetForm network={network} ownAddress={ownAddress} />
        </DataProvider>
      )}
    </Panel>
  );
}

function FaucetForm({ network, ownAddress }: { network: FaucetNetwork; ownAddress: string }) {
  const trpc = useTRPC();
  const [address, setAddress] = useState(ownAddress);
  const drip = useMutation(trpc.chain.requestDrip.mutationOptions());
  const trimmed = address.trim();
  const isAddress = isBech32Address(trimmed, network.bech32.account);
  const failure = drip.error ? shownError(drip.error) : null;
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isAddress && !drip.isPending) drip.mutate({ networkId: network.id, address: trimmed });
      }}
    >
      <Field
        label="Address"
        required
        {...(trimmed !== "" && !isAddress ? { error: `An address that begins with ${network.bech32.account}1.` } : {})}
      >
        {(control) => (
          <Input
            {...control}
            value={address}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" kind="primary" disabled={!isAddress} busy={drip.isPending}>
          Get test coins
        </Button>
        <p role="status" className="min-w-0 text-sm wrap-anywhere">
          {drip.data
            ? `${formatBaseUnits(drip.data.amountBaseUnits, network.denomExponent)}${UNIT_SPACE}${network.displayDenom} arrived, in ${drip.data.txHash}.`
            : ""}
          {failure ? <span className="text-danger-text">{`${failure.message} [${failure.code}]`}</span> : null}
        </p>
      </div>
    </form>
  );
}
