"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { AddressText } from "@/components/figures/address-text";
import { percentagePoints } from "@/lib/format/percentage-points";
import { useRegionName } from "../use-region-name";
import type { StepProps } from "./step-props";
import { typedAmount } from "./typed-amount";
import type { AnswerStep, WizardAnswers } from "./wizard-answers";

type ReviewStepProps = StepProps & { walletAddress: string; stepHref: (step: AnswerStep) => string };

/** Ties what is wrong with an answer to the link that changes it. */
const wrongId = (label: string): string => `wrong-${label.replaceAll(" ", "-").toLowerCase()}`;

type ReviewRow = {
  readonly label: string;
  readonly value: ReactNode;
  readonly step: AnswerStep | null;
  /** The answers that the row shows. */
  readonly fields?: readonly (keyof WizardAnswers)[];
  readonly isPermanent?: boolean;
};

const OWN_MACHINE: readonly ReviewRow[] = [
  { label: "Runs on", value: "my own machine", step: "mode", fields: ["runMode"] },
];

const placeRows = (answers: WizardAnswers, regionName: (code: string) => string): readonly ReviewRow[] => [
  {
    label: "Region and size",
    value: [regionName(answers.regionCode), answers.tierCode].filter(Boolean).join(", ") || "none",
    step: "placement",
    fields: ["regionCode", "tierCode"],
  },
  { label: "Runtime", value: answers.runtime || "automatic", step: "placement", fields: ["runtime"] },
];

/** Everything that was answered, with what is for ever marked and what is wrong named, before the node is set up. */
export function ReviewStep({ answers, messages, facts, network, walletAddress, stepHref }: ReviewStepProps) {
  const regionName = useRegionName();
  const rows: readonly ReviewRow[] = [
    { label: "Network", value: `${network.displayName} (${network.chainId})`, step: null },
    { label: "Wallet", value: <AddressText value={walletAddress} kind="wallet" whole />, step: null },
    { label: "Name", value: answers.validatorName || "none", step: "profile", fields: ["validatorName"] },
    { label: "Website", value: answers.website || "none", step: "profile", fields: ["website"] },
    {
      label: "Security contact",
      value: answers.securityContact || "none",
      step: "profile",
      fields: ["securityContact"],
    },
    { label: "Details", value: answers.description || "none", step: "profile", fields: ["description"] },
    { label: "Identity", value: answers.identity || "none", step: "profile", fields: ["identity"] },
    { label: "Commission", value: `${answers.commissionRate} %`, step: "commission", fields: ["commissionRate"] },
    {
      label: "Maximum commission",
      value: `${answers.commissionMaxRate} %`,
      step: "commission",
      fields: ["commissionMaxRate"],
      isPermanent: true,
    },
    {
      label: "Maximum change a day",
      value: percentagePoints(answers.commissionMaxChangeRate),
      step: "commission",
      fields: ["commissionMaxChangeRate"],
      isPermanent: true,
    },
    {
      label: "Self-delegation",
      value: typedAmount(answers.selfDelegation, facts),
      step: "commission",
      fields: ["selfDelegation"],
    },
    {
      label: "Minimum self-delegation",
      value: typedAmount(answers.minSelfDelegation, facts),
      step: "commission",
      fields: ["minSelfDelegation"],
    },
    ...(answers.runMode === "local" ? OWN_MACHINE : placeRows(answers, regionName)),
  ];
  return (
    <dl className="divide-y divide-line border-y border-line">
      {rows
        .map((row) => ({ ...row, wrong: (row.fields ?? []).flatMap((field) => messages[field] ?? []) }))
        .map((row) => (
          <div
            key={row.label}
            data-wrong={row.wrong.length > 0 || undefined}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[12rem_minmax(0,1fr)_auto]"
          >
            <dt className="text-ink-muted">{row.label}</dt>
            <dd className="min-w-0 break-words max-sm:row-start-2">
              {row.value}
              {row.isPermanent ? <span className="ml-1.5 text-sm text-danger-text"> can never be changed</span> : null}
              {row.wrong.length === 0 ? null : (
                <div id={wrongId(row.label)} className="text-sm text-danger-text">
                  {row.wrong.map((sentence) => (
                    <p key={sentence}>{sentence}</p>
                  ))}
                </div>
              )}
            </dd>
            <dd className="text-sm">
              {row.step ? (
                <Link
                  href={stepHref(row.step)}
                  className="text-accent underline underline-offset-4"
                  aria-label={`Change ${row.label.toLowerCase()}`}
                  aria-describedby={row.wrong.length > 0 ? wrongId(row.label) : undefined}
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
