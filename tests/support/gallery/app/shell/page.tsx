"use client";

import { AddressText } from "@/components/figures/address-text";
import { AmountText } from "@/components/figures/amount-text";
import { BlockGrid } from "@/components/figures/block-grid";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { Figure, FigureRow } from "@/components/figures/figure";
import { Meter } from "@/components/figures/meter";
import { Sparkline } from "@/components/figures/sparkline";
import { AppShell } from "@/components/layout/app-shell";
import { NetworkStatus } from "@/components/layout/network-status";
import { OrganizationSwitcher } from "@/components/layout/organization-switcher";
import { PageHeader } from "@/components/layout/page-header";
import { LiveLog } from "@/components/log/live-log";
import { StateSentence } from "@/components/state/state-sentence";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { UrlTabs } from "@/components/ui/url-tabs";
import { ago, OMNI, OPERATOR, SIGNER, sampleBlocks, sampleLog } from "../sample";

const blocks = sampleBlocks(200, 12_345);
const lines = sampleLog(3_000);
const SECTIONS = [
  {
    kind: "product",
    label: "Validators",
    pages: [
      { section: "product", label: "My validators", href: "/validators" },
      { section: "product", label: "New validator", href: "/validators/new" },
    ],
  },
  { kind: "account", label: "You", pages: [{ section: "account", label: "Wallets", href: "/account/wallets" }] },
  {
    kind: "platform",
    label: "Platform",
    pages: [{ section: "platform", label: "Job runs", href: "/admin/job-runs", keywords: ["steps", "retries"] }],
  },
] as const;
const ORGANIZATIONS = [
  { id: "org_1", slug: "aurora-north", name: "Aurora North", role: "owner" },
  { id: "org_2", slug: "a-rather-long", name: "A rather long organisation name to see it cut", role: "viewer" },
] as const;

export default function Shell() {
  return (
    <AppShell
      account={{ displayName: "Aurora North", walletAddress: SIGNER }}
      slug={ORGANIZATIONS[0].slug}
      organizationSwitcher={
        <OrganizationSwitcher
          current={ORGANIZATIONS[0]}
          organizations={ORGANIZATIONS}
          onChoose={() => {}}
          onMakeNew={() => {}}
        />
      }
      sections={SECTIONS}
      networkStatus={
        <NetworkStatus
          name="Omniphi localnet"
          chainId="omniphi-localnet-1"
          state="ok"
          word="live"
          heightBlocks={12_345}
          blockAt={ago(1)}
        />
      }
      onOpenTour={() => {}}
      onSignOut={() => {}}
    >
      <div className="max-w-320">
        <PageHeader
          title="Aurora North"
          trail={[{ href: "/validators", label: "My validators" }]}
          facts={
            <>
              <AddressText value={OPERATOR} kind="operator address" />
              <span>eu-central, 4 vCPU</span>
            </>
          }
          actions={
            <>
              <Button>Redeploy node</Button>
              <Button kind="dangerQuiet">Stop node</Button>
            </>
          }
        />
        <div className="grid gap-4">
          <StateSentence state="ok" word="Signing" live>
            3 of the last 200 blocks missed; 28 497 more before jail.
          </StateSentence>
          <Panel title="Last 200 blocks">
            <BlockGrid label="Last 200 blocks of Aurora North" blocks={blocks} capacity={200} />
          </Panel>
          <FigureRow>
            <Figure
              label="Stake and rank"
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
              label="Misses and jail"
              value="3"
              detail="28 497 more before jail"
              picture={
                <Meter label="Misses allowed" value={3} max={100} valueText="3 of 28 500" state="ok" wordsHidden />
              }
            />
            <Figure
              label="Node lag and peers"
              value="0 blocks"
              detail="12 peers, posd v1.4.2"
              picture={<Sparkline samples={[1, 0, 0, 0, 2, 0, 0, 0, 1, 0]} summary="Lag over 10 min" />}
            />
          </FigureRow>
          <UrlTabs
            label="Parts of this validator"
            tabs={[
              { value: "activity", label: "Activity" },
              { value: "node", label: "Node" },
              { value: "keys", label: "Keys" },
              { value: "settings", label: "Settings" },
            ]}
          />
          <Panel title="Log" flush>
            <LiveLog
              label="Log of node eu-1"
              lines={lines}
              fileName="node-eu-1"
              emptyText="The node has not written a line yet."
            />
          </Panel>
        </div>
      </div>
    </AppShell>
  );
}
