import { AddressText } from "@/components/figures/address-text";
import { AmountText } from "@/components/figures/amount-text";
import { BlockGrid } from "@/components/figures/block-grid";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { Figure, FigureRow } from "@/components/figures/figure";
import { Meter } from "@/components/figures/meter";
import { Sparkline } from "@/components/figures/sparkline";
import { UnknownText } from "@/components/figures/unknown-text";
import { EmptyState } from "@/components/state/empty-state";
import { STATES } from "@/components/state/state";
import { StateBadge } from "@/components/state/state-badge";
import { StateSentence } from "@/components/state/state-sentence";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { KeyHint } from "@/components/ui/key-hint";
import { LoadingMark } from "@/components/ui/loading-mark";
import { Logo } from "@/components/ui/logo";
import { Panel } from "@/components/ui/panel";
import { FieldSamples } from "./field-samples";
import { ago, OMNI, OPERATOR, sampleBlocks } from "./sample";

export default function Parts() {
  return (
    <main className="mx-auto grid max-w-320 gap-6 p-6">
      <div className="flex items-center gap-4">
        <Logo className="h-8 text-accent" />
        <Logo className="h-16" />
        <LoadingMark className="h-8" />
        <h1 className="text-2xl font-semibold">Parts</h1>
      </div>
      <StateSentence state="ok" word="Signing" action={<Button>Stop node eu-1</Button>}>
        3 of the last 200 blocks missed; 28 497 more before jail.
      </StateSentence>
      <Panel title="Last 200 blocks" aside={<KeyHint keys="M" />}>
        <BlockGrid label="Last 200 blocks of eu-1" blocks={sampleBlocks(200, 12_345)} capacity={200} />
      </Panel>
      <Panel title="Last 10 000 blocks">
        <BlockGrid label="Last 10 000 blocks of eu-1" blocks={sampleBlocks(10_000, 123_456)} capacity={10_000} />
      </Panel>
      <Panel title="A young chain">
        <BlockGrid label="Blocks" blocks={sampleBlocks(37, 37)} capacity={200} />
      </Panel>
      <FigureRow>
        <Figure
          label="Stake"
          value={
            <EvidenceTip evidence={{ source: "The chain's staking module", heightBlocks: 12_345, at: ago(3) }}>
              <AmountText amountBaseUnits="128000500000" denom={OMNI} />
            </EvidenceTip>
          }
          detail="Rank 14 of 60"
          picture={<Sparkline samples={[3, 4, 4, 5, 7, 7, 8, 12]} summary="Stake over 24 h, rising" />}
        />
        <Figure
          label="Commission and rewards"
          value="5 %"
          detail={<AmountText amountBaseUnits="1234567" denom={OMNI} />}
          picture={<Sparkline samples={[3, null, null, 5, 4, 2, 3, 4]} summary="Rewards over 24 h" />}
        />
        <Figure
          label="Misses"
          value="3"
          detail="28 497 more before jail"
          picture={
            <Meter label="Misses allowed" value={3} max={28_500} valueText="3 of 28 500" state="ok" wordsHidden />
          }
        />
        <Figure
          label="Node"
          value={<UnknownText reason="The node has not answered since 12:04." />}
          detail="Lag and peers"
          picture={<Sparkline samples={[null, null]} summary="Nothing read" />}
        />
      </FigureRow>
      <div className="grid gap-6 md:grid-cols-2">
        <Panel title="States">
          <div className="grid gap-2">
            {STATES.map((state) => (
              <StateBadge key={state} state={state} word={state} />
            ))}
            <Meter label="Slots in eu-central" value={38} max={40} valueText="38 of 40" state="attention" limit={36} />
            <Meter label="Misses" value={200} max={210} valueText="200 of 210" state="danger" />
          </div>
        </Panel>
        <Panel title="Controls">
          <div className="flex flex-wrap gap-2">
            <Button kind="primary">Set up node</Button>
            <Button>Redeploy</Button>
            <Button kind="quiet">Quiet</Button>
            <Button kind="danger">Stop node eu-1</Button>
            <Button kind="dangerQuiet">Terminate</Button>
            <Button kind="primary" busy>
              Signing
            </Button>
            <Button disabled>Disabled</Button>
            <Button size="small">Small</Button>
          </div>
          <div className="mt-4">
            <AddressText value={OPERATOR} kind="operator address" />
          </div>
          <FieldSamples />
          <Checkbox defaultChecked>Show terminated nodes</Checkbox>
        </Panel>
      </div>
      <UpstreamDown
        upstream="The chain"
        sentence="Its RPC refused the connection. Nodes go on signing; only this view stands still."
        shownAt={ago(95)}
        code="chain.unreachable"
      />
      <Panel flush>
        <EmptyState title="No validator yet" action={<Button kind="primary">Set up a validator</Button>}>
          Your validators stand here, each with the blocks it signed. The first takes about four minutes.
        </EmptyState>
      </Panel>
    </main>
  );
}
