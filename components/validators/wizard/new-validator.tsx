"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { useLastFailure } from "@/components/data/use-last-failure";
import { Wizard } from "@/components/forms/wizard";
import { useOrganizationHref } from "@/components/layout/console-place";
import type { StakePreview } from "@/server/domains/validators/requests/schemas";
import { useStakePreview } from "../stake/use-stake-preview";
import { useRegionName } from "../use-region-name";
import { CommissionStep } from "./commission-step";
import { ModeStep } from "./mode-step";
import { NetworkCards, type NetworkOffer } from "./network-cards";
import { PlacementStep } from "./placement-step";
import { ProfileStep } from "./profile-step";
import { ReviewStep } from "./review-step";
import { StepMeaning } from "./step-meaning";
import type { WizardNetwork } from "./step-props";
import {
  type AnswerStep,
  checkAll,
  checkStep,
  type FieldMessages,
  STEP_LABELS,
  stepsOf,
  toRequestFields,
  type WizardAnswers,
} from "./wizard-answers";

type NewValidatorProps = {
  step: AnswerStep;
  network: WizardNetwork;
  /** The networks to choose among. */
  offers: readonly NetworkOffer[];
  walletAddress: string;
  /** The wallet's validator on this network, of which there is one at most; null while there is none. */
  taken: { name: string; href: string } | null;
  initialAnswers: WizardAnswers;
};

const HEADINGS: Record<AnswerStep, { heading: string; lead: string }> = {
  mode: {
    heading: "Where should the node run?",
    lead: "The validator's key is made where the node runs and never leaves it.",
  },
  profile: {
    heading: "How will delegators know you?",
    lead: "All of this stands on the chain for everybody. It can be changed later.",
  },
  commission: {
    heading: "What do you charge, and what do you stake?",
    lead: "The share of delegators' rewards that you keep, and the coins you bond yourself.",
  },
  placement: { heading: "Where should it stand?", lead: "One slot is held for you while the node is set up." },
  review: {
    heading: "Is this right?",
    lead: "Nothing is spent yet. The node is set up first; you sign with your wallet at the end.",
  },
};

/** The wizard up to the request: each step has its address, what was entered is kept on the server and can be taken up elsewhere. */
export function NewValidator({ step, network, offers, walletAddress, taken, initialAnswers }: NewValidatorProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const hrefOf = useOrganizationHref();
  const [answers, setAnswers] = useState(initialAnswers);
  const [messages, setMessages] = useState<FieldMessages>({});
  const rules = useQuery(trpc.validators.getCreationRules.queryOptions({ networkId: network.id }));
  const rulesFailure = useLastFailure(rules);
  const save = useMutation(trpc.validators.saveDraft.mutationOptions());
  const discard = useMutation(trpc.validators.discardDraft.mutationOptions());
  const create = useMutation(trpc.validators.requestSetup.mutationOptions());
  const regionName = useRegionName();

  const facts = {
    minCommissionRate: rules.data?.minCommissionRate ?? null,
    denomExponent: network.denomExponent,
    displayDenom: network.displayDenom,
  };
  const { selfDelegation } = toRequestFields(answers, facts);
  const stake = useStakePreview({
    networkId: network.id,
    walletAddress,
    selfDelegation,
    isAsked: step === "commission" || step === "review",
  });
  const steps = stepsOf(answers);
  const index = steps.indexOf(step);
  const change = (patch: Partial<WizardAnswers>) => {
    setAnswers((was) => ({ ...was, ...patch }));
    setMessages({});
  };
  const stepHref = (to: AnswerStep) => hrefOf(`/validators/new/${to}`);

  async function submit(): Promise<void> {
    try {
      const { setupRequest } = await create.mutateAsync({
        networkId: network.id,
        walletAddress,
        ...toRequestFields(answers, facts),
        ...(answers.runMode === "local"
          ? { runMode: "local" as const }
          : {
              runMode: "cloud" as const,
              regionCode: answers.regionCode,
              tierCode: answers.tierCode as "small",
              ...(answers.runtime === "process" || answers.runtime === "docker" ? { runtime: answers.runtime } : {}),
            }),
        source: "web",
      });
      await discard.mutateAsync({}).catch(() => undefined);
      router.push(hrefOf(`/validators/${setupRequest.id}/setup`));
    } catch {
      // Shown below from the mutation's own error.
    }
  }

  /** A draft may be half filled and wrong, so it is kept without being checked; a failure shows below and stops nobody. */
  const keep = () => save.mutateAsync({ answers: { ...answers } }).catch(() => undefined);

  /** Limits, coin and wallet of another network come with the page, which reads the draft. */
  async function chooseNetwork(networkId: string): Promise<void> {
    change({ networkId });
    await save.mutateAsync({ answers: { ...answers, networkId } }).catch(() => undefined);
    router.refresh();
  }

  async function goBack(): Promise<void> {
    await keep();
    router.push(stepHref(steps[index - 1] ?? "mode"));
  }

  async function goOn(): Promise<void> {
    // A step may be reached by its address, so the last one answers for all of them.
    const found = step === "review" ? checkAll(answers, facts) : checkStep(step, answers, facts);
    setMessages(found);
    if (Object.keys(found).length > 0) {
      if (step === "review") {
        document.querySelector<HTMLAnchorElement>("form [data-wrong] a")?.focus();
        return;
      }
      // As they stand on the page; a bare [name] would also find <meta name="description">.
      const controls = [
        ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("form :is(input, textarea)"),
      ];
      controls.find((control) => control.name in found)?.focus();
      return;
    }
    await keep();
    if (step === "review") await submit();
    else router.push(stepHref(steps[index + 1] ?? "review"));
  }

  const refusal = create.error ? shownError(create.error) : save.error ? shownError(save.error) : null;
  const wrong = step === "review" ? checkAll(answers, facts) : messages;
  const shared = { answers, messages: { ...wrong, ...refusalFields(refusal) }, onChange: change, facts, network };
  return (
    <Wizard
      title="New validator"
      steps={[
        ...steps.map((id, at) => ({
          id,
          label: STEP_LABELS[id],
          isDone: at < index && Object.keys(checkStep(id, answers, facts)).length === 0,
          ...(at < index ? { href: stepHref(id), answer: answerOf(id, answers, regionName) } : {}),
        })),
        { id: "provision", label: STEP_LABELS.provision, isDone: false },
        { id: "sign", label: STEP_LABELS.sign, isDone: false },
      ]}
      currentId={step}
      heading={HEADINGS[step].heading}
      lead={HEADINGS[step].lead}
      continueLabel={
        step === "review" ? "Set up node" : `Continue to ${STEP_LABELS[steps[index + 1] ?? "review"].toLowerCase()}`
      }
      onContinue={() => void goOn()}
      onBack={index > 0 ? () => void goBack() : undefined}
      isBusy={create.isPending || save.isPending}
      blockedBy={taken ? "One wallet, one validator." : step === "review" ? coinsWanted(stake.data) : undefined}
      leaveHref={hrefOf("/validators")}
      onLeave={() => void keep()}
      meaning={
        <StepMeaning
          step={step}
          answers={answers}
          facts={facts}
          network={network}
          rules={rules.data}
          rulesReadAt={rules.data ? new Date(rules.dataUpdatedAt).toISOString() : null}
          walletAddress={walletAddress}
          stake={stake}
          rulesError={rulesFailure ? shownError(rulesFailure) : null}
        />
      }
    >
      {taken ? (
        <p role="status" className="mb-4 rounded-md border bg-panel px-4 py-2.5 text-sm">
          This wallet already has a validator on {network.displayName}, or one being set up:{" "}
          <Link href={taken.href} className="text-accent underline underline-offset-4">
            {taken.name}
          </Link>
          . For another one, sign in with another wallet.
        </p>
      ) : null}
      {step === "mode" ? (
        <>
          <NetworkCards
            offers={offers}
            value={answers.networkId || network.id}
            onValueChange={(networkId) => void chooseNetwork(networkId)}
          />
          <ModeStep {...shared} />
        </>
      ) : null}
      {step === "profile" ? <ProfileStep {...shared} /> : null}
      {step === "commission" ? <CommissionStep {...shared} /> : null}
      {step === "placement" ? <PlacementStep {...shared} /> : null}
      {step === "review" ? <ReviewStep {...shared} walletAddress={walletAddress} stepHref={stepHref} /> : null}
      <p role="alert" className="mt-4 min-h-5 text-sm text-danger-text">
        {step === "review" && Object.keys(messages).length > 0
          ? "Not everything is right yet; what is wrong stands below its answer, with the way to change it."
          : null}
        {refusal ? (
          <>
            {refusal.message} <span className="font-mono text-xs">{refusal.code}</span>
          </>
        ) : null}
      </p>
    </Wizard>
  );
}

/** Why no node is made for this stake yet; a chain that did not answer holds nobody up, since the coins are asked for again before signing. */
function coinsWanted(stake: StakePreview | undefined): string | undefined {
  if (stake === undefined) return undefined;
  if (stake.isBelowOnePower) return "The stake is below one unit of voting power.";
  return stake.isCovered ? undefined : "The wallet does not hold the stake and the fee yet.";
}

const refusalFields = (refusal: { fieldErrors: Readonly<Record<string, readonly string[]>> } | null): FieldMessages =>
  Object.fromEntries(Object.entries(refusal?.fieldErrors ?? {}).map(([field, texts]) => [field, texts[0] ?? ""]));

function answerOf(step: AnswerStep, answers: WizardAnswers, regionName: (code: string) => string): string {
  switch (step) {
    case "mode":
      return answers.runMode === "local" ? "My own machine" : "Cloud";
    case "profile":
      return answers.validatorName;
    case "commission":
      return `${answers.commissionRate} %`;
    case "placement":
      return regionName(answers.regionCode);
    case "review":
      return "";
  }
}
