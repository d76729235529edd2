import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { Panel } from "@/components/ui/panel";
import { decToPercent } from "@/lib/chain/dec";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import type { NetworkParams } from "@/server/domains/chain/mirror/schemas";

const NOT_READ = <UnknownText reason="The watcher has not read this network's parameters yet." />;
const percent = (dec: string): string => `${decToPercent(dec)}${UNIT_SPACE}%`;
const seconds = (span: number): string => formatDuration(span * 1_000);

/** What the chain demands of whoever validates on it, in the chain's own numbers of now. */
export function NetworkParamsPanel({ params }: { params: NetworkParams }) {
  const { staking, slashing } = params;
  return (
    <Panel
      title="What the chain demands"
      flush
      aside={
        params.readAt ? (
          <span>
            read <AgeText at={params.readAt} />
          </span>
        ) : undefined
      }
    >
      <FactList
        layout="page"
        facts={[
          {
            label: "Validators in the set",
            value:
              params.bondedValidators === null || staking === null
                ? NOT_READ
                : `${groupDigits(params.bondedValidators)} of at most ${groupDigits(staking.maxValidators)}`,
          },
          {
            label: "Block time, last 1000 blocks",
            value: params.averageBlockMs === null ? NOT_READ : formatDuration(params.averageBlockMs),
          },
          { label: "Commission, at least", value: staking ? percent(staking.minCommissionRate) : NOT_READ },
          { label: "Unbonding takes", value: staking ? seconds(staking.unbondingSeconds) : NOT_READ },
          {
            label: "Jailed for missing",
            value: slashing
              ? `more than ${percent((1 - Number(slashing.minSignedPerWindow)).toFixed(4))} of ${groupDigits(slashing.signedBlocksWindow)} blocks, for ${seconds(slashing.downtimeJailSeconds)} at least`
              : NOT_READ,
          },
          { label: "Slashed for missing", value: slashing ? percent(slashing.slashFractionDowntime) : NOT_READ },
          {
            label: "Slashed for signing twice",
            value: slashing ? `${percent(slashing.slashFractionDoubleSign)}, and shut out for ever` : NOT_READ,
          },
        ]}
      />
    </Panel>
  );
}
