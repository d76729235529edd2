"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import type { BeforeAfterRow } from "@/components/wallet/before-after";
import { SigningSheet } from "@/components/wallet/signing-sheet";
import { useSigning } from "@/components/wallet-signer/use-signing";
import { decToPercent } from "@/lib/chain/dec";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits } from "@/lib/money";
import type { ActWish, PreparedAct } from "@/server/domains/staking/schemas";
import { ActProgress } from "./act-progress";
import type { StakingNetwork } from "./staking-network";

type SentAct = Pick<PreparedAct, "actId" | "leftOut">;

/**
 * Acts of one wallet: `begin` has one prepared and opens the sheet, `sheet` belongs into the page, `progress` tells what came of the last one.
 * What it changed is read again once a block has it.
 */
export function useActSigning({
  network,
  address,
  onSent,
}: {
  network: StakingNetwork;
  address: string;
  onSent?: () => void;
}) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [sent, setSent] = useState<SentAct>();
  const signing = useSigning({
    network,
    address,
    prepare: (act: ActWish, by) =>
      client.staking.prepareAct.mutate({ networkId: network.id, signerAddress: address, act, ...by }),
    submit: async ({ actId, leftOut }, txBytes) => {
      await client.staking.submitAct.mutate({ actId, txBytes });
      setSent({ actId, leftOut });
      onSent?.();
      await queryClient.invalidateQueries();
    },
  });
  const { shown, signer, phase } = signing;

  function close(): void {
    const actId = shown?.prepared.actId;
    signing.close();
    // Left alone it would be given up in an hour; a failure here changes nothing for the reader.
    if (actId) void client.staking.withdrawAct.mutate({ actId }).catch(() => undefined);
  }

  const sheet: ReactNode =
    shown && signer ? (
      <SigningSheet
        open
        onOpenChange={(next) => {
          if (!next) close();
        }}
        decoded={shown.decoded}
        signBytesHex={shown.signBytesHex}
        network={{ name: network.displayName, chainId: network.chainId }}
        signer={{ address, walletName: signer.name }}
        effects={{
          status: "simulated",
          atHeightBlocks: shown.prepared.simulatedAtHeightBlocks,
          rows: rowsOf(shown.prepared, network),
        }}
        phase={phase}
        onSign={() => void signing.sign()}
      />
    ) : null;
  const progress: ReactNode = sent ? <ActProgress key={sent.actId} actId={sent.actId} leftOut={sent.leftOut} /> : null;
  return {
    begin: (act: ActWish) => void signing.open(act),
    isPreparing: signing.isPreparing,
    isReady: signer !== undefined,
    refusal: signing.refusal,
    forget: signing.forget,
    sheet,
    progress,
  };
}

type Change = {
  readonly label: string;
  readonly unit: "base_units" | "rate" | "text";
  readonly before?: string | null | undefined;
  readonly after?: string | null | undefined;
};

/** The figures of the sheet: what the act changes, then balance and fee. */
function rowsOf(
  prepared: Pick<PreparedAct, "balanceBeforeBaseUnits" | "balanceAfterBaseUnits" | "feeBaseUnits"> & {
    readonly changes: readonly Change[];
  },
  { displayDenom, denomExponent }: StakingNetwork,
): BeforeAfterRow[] {
  const amount = (base: string) => `${formatBaseUnits(base, denomExponent)}${UNIT_SPACE}${displayDenom}`;
  const shown = ({ unit }: Change, value: string) =>
    unit === "base_units" ? amount(value) : unit === "rate" ? `${decToPercent(value)} %` : value;
  return [
    ...prepared.changes.map((change) => ({
      label: change.label,
      ...(change.before == null ? {} : { before: shown(change, change.before) }),
      after: change.after == null ? null : shown(change, change.after),
    })),
    {
      label: "Spendable, without what is paid out",
      before: amount(prepared.balanceBeforeBaseUnits),
      after: amount(prepared.balanceAfterBaseUnits),
    },
    { label: "Fee", after: amount(prepared.feeBaseUnits) },
  ];
}
