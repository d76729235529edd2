import type { Metadata } from "next";
import Link from "next/link";
import { bondedWords, stakeShare } from "@/components/explorer/chain-standing";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { AmountText } from "@/components/figures/amount-text";
import { BlockGrid } from "@/components/figures/block-grid";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { Figure, FigureRow } from "@/components/figures/figure";
import { NameText } from "@/components/figures/name-text";
import { UnknownText } from "@/components/figures/unknown-text";
import { UptimeCalendar } from "@/components/figures/uptime-calendar";
import { PageHeader } from "@/components/layout/page-header";
import { ProfilePanel } from "@/components/public-validator/profile-panel";
import { standingJudgement } from "@/components/state/judgements";
import { standingSentence } from "@/components/state/standing-sentence";
import { StandingSentence } from "@/components/state/standing-sentence-text";
import { StateSentence } from "@/components/state/state-sentence";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { GRID_BLOCKS } from "@/components/validators/grid-blocks";
import { decToPercent } from "@/lib/chain/dec";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import { confusionOf } from "@/lib/names/mixed-scripts";
import { writtenOut } from "@/lib/names/unseen";
import { PublicFrame } from "../../networks/public-frame";
import { readPublicSigning, readPublicValidator } from "./read-public-validator";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ operator: string }> };

const NOT_SHOWN = "The chain shows no such validator now.";

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { validator, network } = await readPublicValidator((await params).operator);
  const name = writtenOut(validator.moniker);
  const { word } = standingJudgement(validator.standing);
  const title = `${name}, a validator on ${network.displayName}`;
  const description = `${word}. ${standingSentence(validator.standing, Date.now())}`;
  return { title, description, openGraph: { type: "website", siteName: "Omniphi Cloud", title, description } };
}

/** A validator's own page, which its organisation published: how it stands now by the chain's word, and how it stood. */
export default async function PublicValidatorPage({ params }: Props) {
  const published = await readPublicValidator((await params).operator);
  const { caller, validator, network } = published;
  const { operatorAddress, consensusAddressHex, standing, firstSigned, activeSince } = validator;
  const [{ grid, chain: shown }, calendar] = await Promise.all([
    readPublicSigning(published, GRID_BLOCKS),
    caller.chain.getUptimeCalendar({ networkId: network.id, consensusAddress: consensusAddressHex }),
  ]);
  const denom = { symbol: network.displayDenom, exponent: network.denomExponent };
  const evidence = shown && {
    source: "Staking module of the chain",
    at: shown.syncedAt,
    heightBlocks: Number(shown.syncedHeightBlocks),
  };
  const name = writtenOut(validator.moniker);
  return (
    <PublicFrame>
      <PageHeader
        title={name}
        trail={[
          { href: `/networks/${network.chainId}`, label: network.displayName },
          { href: `/networks/${network.chainId}/validators/${operatorAddress}`, label: "In the explorer" },
        ]}
        facts={
          <>
            {confusionOf(validator.moniker) === null ? null : <NameText name={validator.moniker} />}
            <AddressText value={operatorAddress} kind="operator address" />
            {shown ? (
              <span>
                read <AgeText at={shown.syncedAt} />
              </span>
            ) : null}
          </>
        }
      />
      <StateSentence
        {...standingJudgement(standing)}
        action={
          shown ? (
            <Button asChild kind="primary">
              <Link href={`/v/${operatorAddress}/delegate`}>Delegate to {name}</Link>
            </Button>
          ) : undefined
        }
      >
        <StandingSentence standing={standing} />
      </StateSentence>
      <Panel title={`Last ${GRID_BLOCKS} blocks`}>
        {grid ? (
          <BlockGrid label={`Signatures of ${name}`} blocks={grid.cells} capacity={GRID_BLOCKS} />
        ) : (
          <UnknownText reason="No block of this network has been recorded yet." />
        )}
      </Panel>
      <FigureRow>
        <Figure
          label="Stake"
          value={
            shown && evidence ? (
              <EvidenceTip evidence={evidence}>
                <AmountText amountBaseUnits={shown.tokensBaseUnits} denom={denom} />
              </EvidenceTip>
            ) : (
              <UnknownText reason={NOT_SHOWN} />
            )
          }
          detail={shown ? bondedWords(stakeShare(shown)) : undefined}
        />
        <Figure
          label="Rank"
          value={
            shown ? (
              shown.rank === null ? (
                <span className="text-ink-muted">none</span>
              ) : (
                groupDigits(shown.rank)
              )
            ) : (
              <UnknownText reason={NOT_SHOWN} />
            )
          }
          detail="among the bonded, by stake"
        />
        <Figure
          label="Commission"
          value={
            shown && evidence ? (
              <EvidenceTip evidence={evidence}>{`${decToPercent(shown.commissionRate)}${UNIT_SPACE}%`}</EvidenceTip>
            ) : (
              <UnknownText reason={NOT_SHOWN} />
            )
          }
        />
        <Figure
          label="Validator since"
          value={
            activeSince ? (
              <AgeText at={activeSince} />
            ) : (
              <UnknownText reason="When it came to the chain is not on record." />
            )
          }
          detail={
            firstSigned ? (
              <>
                first block signed: {groupDigits(firstSigned.heightBlocks)}, <AgeText at={firstSigned.at} />
              </>
            ) : undefined
          }
        />
      </FigureRow>
      <Panel title={`Last ${calendar.days.length} days`}>
        <UptimeCalendar name={name} days={calendar.days} />
      </Panel>
      <ProfilePanel profile={shown?.profile ?? null} />
      <p className="text-sm text-ink-muted">
        Shown by the organisation that runs it. Figures are the chain's own, as this installation read them.
      </p>
    </PublicFrame>
  );
}
