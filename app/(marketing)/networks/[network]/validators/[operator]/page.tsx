import type { Metadata } from "next";
import { firstRead, type PageSearch, readOrNotFound, toSearchParams } from "@/app/first-read";
import { pathSegment } from "@/app/path-segment";
import { bondedWords, chainStanding, stakeShare } from "@/components/explorer/chain-standing";
import { SpanLinks } from "@/components/explorer/span-links";
import { ValidatorHistory } from "@/components/explorer/validator-history";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { AmountText } from "@/components/figures/amount-text";
import { BlockGrid } from "@/components/figures/block-grid";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { FactList } from "@/components/figures/fact-list";
import { Figure, FigureRow } from "@/components/figures/figure";
import { UnknownText } from "@/components/figures/unknown-text";
import { UptimeCalendar } from "@/components/figures/uptime-calendar";
import { PageHeader } from "@/components/layout/page-header";
import { ProfilePanel } from "@/components/public-validator/profile-panel";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { GRID_BLOCKS } from "@/components/validators/grid-blocks";
import { decToPercent } from "@/lib/chain/dec";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import { HISTORY_SPANS } from "@/server/domains/chain/constants";
import type { MissBudget } from "@/server/domains/chain/mirror/schemas";
import { isAppError } from "@/server/kernel/errors";
import { api } from "@/server/trpc/server";
import { PublicFrame } from "../../../public-frame";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ network: string; operator: string }>; searchParams: PageSearch };

/** What is left of its misses, or why that is not known. */
async function missBudget(asked: Promise<MissBudget>): Promise<MissBudget | string> {
  try {
    return await asked;
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.cause : undefined;
    if (isAppError(cause) && cause.code === "chain.validator_not_found")
      return "The slashing module counts it only once it has been in the set.";
    return isAppError(cause) ? cause.message : "It could not be read now.";
  }
}

const read = async ({ params }: Pick<Props, "params">) => {
  const { network: reference, operator } = await params;
  const caller = await api();
  const network = await readOrNotFound(caller.chain.getNetwork({ networkId: pathSegment(reference) }));
  const operatorAddress = pathSegment(operator);
  const validator = await readOrNotFound(caller.chain.getChainValidator({ networkId: network.id, operatorAddress }));
  return { caller, network, validator };
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { validator, network } = await read(props);
  const { word } = chainStanding(validator);
  return {
    title: `${validator.moniker} on ${network.displayName}`,
    description: `${word}, by the chain's own records.`,
  };
}

/** Any validator of a network by the chain's own word: how it stands, what it signed, and how it stood over time. */
export default async function ChainValidatorPage(props: Props) {
  const { caller, network, validator } = await read(props);
  const { operatorAddress, consensusAddressHex } = validator;
  const search = await toSearchParams(props.searchParams);
  const span = HISTORY_SPANS.find((known) => known === search.get("span")) ?? "24h";
  const ofConsensus = { networkId: network.id, consensusAddress: consensusAddressHex };
  const [grid, budget, calendar, history] = await Promise.all([
    caller.chain.getSigningGrid({ ...ofConsensus, blocks: GRID_BLOCKS }),
    missBudget(caller.chain.getMissBudget(ofConsensus)),
    caller.chain.getUptimeCalendar(ofConsensus),
    firstRead(caller.chain.getValidatorHistory({ networkId: network.id, operatorAddress, span })),
  ]);
  const denom = { symbol: network.displayDenom, exponent: network.denomExponent };
  const evidence = {
    source: "Staking module of the chain",
    at: validator.syncedAt,
    heightBlocks: Number(validator.syncedHeightBlocks),
  };
  const path = `/networks/${network.chainId}/validators/${operatorAddress}`;
  return (
    <PublicFrame>
      <PageHeader
        title={validator.moniker === "" ? operatorAddress : validator.moniker}
        trail={[
          { href: "/networks", label: "Networks" },
          { href: `/networks/${network.chainId}`, label: network.displayName },
        ]}
        facts={
          <>
            <StateBadge {...chainStanding(validator)} />
            <AddressText value={operatorAddress} kind="operator address" />
            <span>
              read <AgeText at={validator.syncedAt} />
            </span>
          </>
        }
      />
      <Panel title={`Last ${GRID_BLOCKS} blocks`}>
        <BlockGrid label={`Signatures of ${validator.moniker}`} blocks={grid.cells} capacity={GRID_BLOCKS} />
      </Panel>
      <FigureRow>
        <Figure
          label="Stake"
          value={
            <EvidenceTip evidence={evidence}>
              <AmountText amountBaseUnits={validator.tokensBaseUnits} denom={denom} />
            </EvidenceTip>
          }
          detail={bondedWords(stakeShare(validator))}
        />
        <Figure
          label="Rank"
          value={validator.rank === null ? <span className="text-ink-muted">none</span> : groupDigits(validator.rank)}
          detail="among the bonded, by stake"
        />
        <Figure
          label="Commission"
          value={
            <EvidenceTip evidence={evidence}>{`${decToPercent(validator.commissionRate)}${UNIT_SPACE}%`}</EvidenceTip>
          }
        />
        <Figure
          label="Misses left before jail"
          value={
            validator.isJailed ? (
              "jailed"
            ) : typeof budget === "string" ? (
              <UnknownText reason={budget} />
            ) : (
              groupDigits(budget.left)
            )
          }
          detail={
            validator.isJailed
              ? "counted anew once it is released"
              : typeof budget === "string"
                ? undefined
                : `${groupDigits(budget.missed)} of ${groupDigits(budget.allowedMisses)} allowed in ${groupDigits(budget.windowBlocks)} blocks`
          }
        />
      </FigureRow>
      <Panel title={`Last ${calendar.days.length} days`}>
        <UptimeCalendar name={validator.moniker} days={calendar.days} />
      </Panel>
      <section aria-label="Over time" className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-base font-semibold">Over time</h2>
          <SpanLinks current={span} hrefOf={(each) => `${path}?span=${each}`} />
        </div>
        {history ? (
          <ValidatorHistory history={history} denom={denom} />
        ) : (
          <UpstreamDown
            upstream="The record of its figures"
            sentence="It could not be read now. Load the page again."
          />
        )}
      </section>
      <ProfilePanel profile={validator.profile} />
      <Panel title="Addresses" flush>
        <FactList
          layout="page"
          facts={[
            { label: "Operator", value: <AddressText value={operatorAddress} kind="operator address" whole /> },
            {
              label: "Consensus",
              value: <AddressText value={validator.consensusAddress} kind="consensus address" whole />,
            },
            { label: "Consensus, hex", value: <AddressText value={consensusAddressHex} kind="hex address" whole /> },
          ]}
        />
      </Panel>
    </PublicFrame>
  );
}
