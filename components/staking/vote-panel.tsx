"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import { VOTE_WORDS } from "@/server/domains/staking/constants";
import type { Proposal } from "@/server/domains/staking/governance/schemas";
import { ActRefusal } from "./act-refusal";
import { AmountField, readAmount } from "./amount-field";
import type { StakingNetwork } from "./staking-network";
import { useActSigning } from "./use-act-signing";
import { usePosition } from "./use-position";

type Option = keyof typeof VOTE_WORDS;
const MEANING: Record<Option, string> = {
  yes: "It should be executed.",
  no: "It should not.",
  no_with_veto: "It should not, and it harms the chain: enough of these stop it and burn its deposit.",
  abstain: "Counts as taking part, for neither side.",
};

type VotePanelProps = {
  proposal: Pick<Proposal, "proposalId" | "status" | "votes">;
  network: StakingNetwork;
  /** The reader's own wallets on this network. */
  wallets: readonly string[];
};

/** Votes and adds to the deposit with one of the reader's wallets. */
export function VotePanel({ proposal, network, wallets }: VotePanelProps) {
  const [chosen, setChosen] = useState(wallets[0]);
  if (chosen === undefined) {
    return (
      <Panel title="Vote">
        <p className="text-sm text-ink-muted">
          Link a wallet of {network.displayName} under Account, Wallets, to vote with its stake.
        </p>
      </Panel>
    );
  }
  return (
    <Panel title={proposal.status === "voting_period" ? "Vote" : "Deposit"}>
      <div className="grid gap-4">
        {wallets.length > 1 ? (
          <Field label="Wallet" required>
            {(control) => (
              <Select {...control} value={chosen} onChange={(event) => setChosen(event.target.value)}>
                {wallets.map((one) => (
                  <option key={one} value={one}>
                    {shortenMiddle(one)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
        <WalletVote key={chosen} proposal={proposal} network={network} address={chosen} />
      </div>
    </Panel>
  );
}

function WalletVote({
  proposal,
  network,
  address,
}: {
  proposal: VotePanelProps["proposal"];
  network: StakingNetwork;
  address: string;
}) {
  const signing = useActSigning({ network, address });
  const position = usePosition({ networkId: network.id, address });
  const cast = proposal.votes.find((vote) => vote.address === address)?.options;
  const [option, setOption] = useState<Option | undefined>(cast?.length === 1 ? cast[0]?.option : undefined);
  const [typed, setTyped] = useState("");
  const { base } = readAmount(typed, network.denomExponent);
  const spendable = BigInt(position.data?.spendableBaseUnits ?? "0");
  const reserve = BigInt(position.data?.feeReserveBaseUnits ?? "0");
  return (
    <div className="grid gap-4">
      {signing.progress}
      {proposal.status === "voting_period" ? (
        <>
          <p className="text-sm text-ink-muted">
            {cast
              ? `This wallet voted ${cast.map((one) => VOTE_WORDS[one.option]).join(", ")}. A new vote replaces it until voting ends.`
              : "This wallet has not voted. Its stake counts with its validators' votes until it does."}
          </p>
          <RadioCards
            name="vote"
            legend="Your vote"
            value={option}
            onValueChange={(value) => setOption(value as Option)}
            options={(Object.keys(MEANING) as Option[]).map((value) => ({
              value,
              title: VOTE_WORDS[value],
              description: MEANING[value],
            }))}
          />
          <Button
            kind="primary"
            disabled={option === undefined}
            busy={signing.isPreparing}
            onClick={() => {
              if (option) signing.begin({ kind: "vote", proposalId: proposal.proposalId, option });
            }}
          >
            Review and sign vote
          </Button>
        </>
      ) : null}
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (base !== undefined && !signing.isPreparing) {
            signing.begin({ kind: "deposit", proposalId: proposal.proposalId, amountBaseUnits: base.toString() });
          }
        }}
      >
        <AmountField
          label="Add to the deposit"
          network={network}
          value={typed}
          onChange={setTyped}
          maxBaseUnits={spendable > reserve ? spendable - reserve : 0n}
          hint="Given back when voting ends, unless it is vetoed or the chain burns it by its own rules."
        />
        <Button type="submit" disabled={base === undefined} busy={signing.isPreparing}>
          Review and sign deposit
        </Button>
      </form>
      <ActRefusal refusal={signing.refusal} />
      {signing.sheet}
    </div>
  );
}
