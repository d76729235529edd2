"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { AgeText } from "@/components/figures/age-text";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Logo } from "@/components/ui/logo";
import { groupDigits } from "@/lib/format/group-digits";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { isMomentOver } from "./moment-over";

const keyOf = (setupRequestId: string): string => `omniphi.first-block.${setupRequestId}`;

/** A validator's first signed block, shown until its reader has put it away, with a link to tell others. */
export function FirstBlockMoment({
  setup,
  explorerPath,
}: {
  setup: Pick<SetupRequestView, "id" | "operatorAddress" | "publishedAt" | "validatorName" | "firstSigned">;
  /** Where everybody finds it while its own page is not published. */
  explorerPath: string;
}) {
  const [isShown, setShown] = useState(false);
  const { firstSigned } = setup;
  const signedAt = firstSigned?.at;
  useEffect(() => {
    const isPutAway = window.localStorage.getItem(keyOf(setup.id)) !== null;
    setShown(signedAt !== undefined && !isPutAway && !isMomentOver(Date.parse(signedAt), Date.now()));
  }, [setup.id, signedAt]);
  if (!isShown || firstSigned === null) return null;
  const path = setup.publishedAt === null ? explorerPath : `/v/${setup.operatorAddress}`;
  const link = `${window.location.origin}${path}`;
  return (
    <section
      aria-labelledby="first-block"
      className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-md border border-l-4 border-l-accent bg-panel p-4"
    >
      <Logo className="h-9 text-accent" />
      <div className="min-w-0 flex-1 basis-80">
        <h2 id="first-block" className="text-lg font-semibold">
          It signed its first block: {groupDigits(firstSigned.heightBlocks)}
        </h2>
        <p className="text-sm text-ink-muted">
          <AgeText at={firstSigned.at} />, hash{" "}
          <span className="font-mono">{shortenMiddle(firstSigned.hash, 8, 8)}</span>
          <CopyButton value={firstSigned.hash} label="Copy block hash" />
        </p>
      </div>
      <div className="flex items-center gap-1">
        <a href={path} className="break-all text-sm text-accent underline underline-offset-2">
          Page to share
        </a>
        <CopyButton value={link} label="Copy link to share" />
        <Button
          kind="quiet"
          size="iconSmall"
          aria-label="Put this away"
          onClick={() => {
            window.localStorage.setItem(keyOf(setup.id), "1");
            setShown(false);
          }}
        >
          <X />
        </Button>
      </div>
    </section>
  );
}
