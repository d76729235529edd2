"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { AddressText } from "@/components/figures/address-text";
import type { StepProps } from "./step-props";
import type { AnswerStep } from "./wizard-answers";

type ReviewStepProps = StepProps & { walletAddress: string; stepHref: (step: AnswerStep) => string };

/** Everything that was answered, with what is for ever marked, before the node is set up. */
export function ReviewStep({ answers, facts, network, walletAddress, stepHref }: ReviewStepProps) {
  const rows: readonly { label: string; value: ReactNode; step: AnswerStep | null; isPermanent?: boolean }[] = [
    { label: "Network", value: `${network.displayName} (${network.chainId})`, step: null },
    { label: "Wallet", value: <AddressText value={walletAddress} kind="wallet" whole />, step: null },
    { label: "Name", value: answers.validatorName, step: "profile" },
    { label: "Website", value: answers.website || "none", step: "profile" },
    { label: "Security contact", value: answers.securityContact || "none", step: "profile" },
    { label: "Details", value: answers.description || "none", step: "profile" },
    { label: "Identity", value: answers.identity || "none", step: "profile" },
    { label: "Commission", value: `${answers.commissionRate} %`, step: "commission" },
    { label: "Maximum commission", value: `${answers.commissionMaxRate} %`, step: "commission", isPermanent: true },
    {
      label: "Maximum change a day",
      value: `${answers.commissionMaxChangeRate} percentage points`,
      step: "commission",
      isPermanent: true,
    },
    { label: "Self-delegation", value: `${answers.selfDelegation} ${facts.displayDenom}`, step: "commission" },
    {
      label: "Minimum self-delegation",
      value: `${answers.minSelfDelegation} ${facts.displayDenom}`,
      step: "commission",
    },
    { label: "Region and size", value: `${answers.regionCode}, ${answers.tierCode}`, step: "placement" },
    { label: "Runtime", value: answers.runtime || "automatic", step: "placement" },
  ];
  return (
    <dl className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <div key={row.label} className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[12rem_minmax(0,1fr)_auto]">
          <dt className="text-ink-muted">{row.label}</dt>
          <dd className="min-w-0 break-words">
            {row.value}
            {row.isPermanent ? <span className="ml-1.5 text-sm text-danger-text"> can never be changed</span> : null}
          </dd>
          <dd className="text-sm">
            {row.step ? (
              <Link
                href={stepHref(row.step)}
                className="text-accent underline underline-offset-4"
                aria-label={`Change ${row.label.toLowerCase()}`}
              >
                Change
              </Link>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
