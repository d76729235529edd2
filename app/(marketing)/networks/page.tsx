import type { Metadata } from "next";
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { NetworkWait } from "@/components/wallet/network-wait";
import { api } from "@/server/trpc/server";
import { PublicFrame } from "./public-frame";

export const metadata: Metadata = { title: "Networks" };
export const dynamic = "force-dynamic";

const STATUSES = {
  active: { state: "ok", word: "Active" },
  planned: { state: "off", word: "Planned" },
  retired: { state: "off", word: "Retired" },
} as const;

/** Null where they could not be read: the page is shown all the same, and says so. */
async function read() {
  try {
    return await (await api()).chain.listNetworks({});
  } catch {
    return null;
  }
}

/** The networks of this installation, each with the way to its validators. */
export default async function NetworksPage() {
  const networks = await read();
  return (
    <PublicFrame>
      <PageHeader title="Networks" />
      {networks === null ? (
        <Panel flush>
          <UpstreamDown
            fills
            upstream="The database"
            sentence="The list of networks could not be read. Load it again in a minute."
          />
        </Panel>
      ) : networks.length === 0 ? (
        <NetworkWait what="Its page" localnet={await (await api()).chain.getLocalnetStatus({})} />
      ) : (
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {networks.map((network) => (
            <li key={network.id} className="relative rounded-md border bg-panel p-4 hover:bg-raised">
              <h2 className="text-base font-semibold">
                <Link href={`/networks/${network.chainId}`} className="after:absolute after:inset-0">
                  {network.displayName}
                </Link>
              </h2>
              <p className="mt-0.5 font-mono text-sm break-all text-ink-muted">{network.chainId}</p>
              <p className="mt-3 flex flex-wrap items-center justify-between gap-2 text-sm text-ink-muted">
                <span>
                  {network.displayDenom} · {network.kind}
                </span>
                <StateBadge {...STATUSES[network.status]} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </PublicFrame>
  );
}
