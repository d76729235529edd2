import type { Metadata } from "next";
import { type PageSearch, readOrNotFound, toSearchParams } from "@/app/first-read";
import { pathSegment } from "@/app/path-segment";
import { readTableQuery } from "@/components/data-table/table-query";
import { NetworkFacts } from "@/components/explorer/network-facts";
import { SET_STRIP_BLOCKS } from "@/components/explorer/set-strip-blocks";
import { ValidatorSet } from "@/components/explorer/validator-set";
import { LiveNetworkPanel } from "@/components/landing/live-network-panel";
import { PageHeader } from "@/components/layout/page-header";
import { Panel } from "@/components/ui/panel";
import { VALIDATOR_FILTERS, VALIDATOR_ORDERS } from "@/server/domains/chain/constants";
import { api } from "@/server/trpc/server";
import { PublicFrame } from "../public-frame";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ network: string }>; searchParams: PageSearch };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Validators of ${pathSegment((await params).network)}` };
}

/** What the address asks for, as the list takes it; what no list knows is left out. */
function asked(search: URLSearchParams) {
  const query = readTableQuery(search, { sortable: ["name", "stake"], filters: ["search", "status"] });
  const status = VALIDATOR_FILTERS.find((known) => known === query.filters.status);
  const order = query.sort ? `${query.sort.direction === "desc" ? "-" : ""}${query.sort.column}` : undefined;
  const sort = VALIDATOR_ORDERS.find((known) => known === order);
  return {
    ...(status ? { status } : {}),
    ...(sort ? { sort } : {}),
    ...(query.filters.search ? { search: query.filters.search } : {}),
    ...(query.cursor ? { cursor: query.cursor } : {}),
  };
}

/** One network for everybody: its blocks as they come, what joins it, and its whole validator set. */
export default async function NetworkPage({ params, searchParams }: Props) {
  const { network: reference } = await params;
  const caller = await api();
  const network = await readOrNotFound(caller.chain.getNetwork({ networkId: pathSegment(reference) }));
  const search = await toSearchParams(searchParams);
  const [pulse, page] = await Promise.all([
    caller.chain.getNetworkPulse({ networkId: network.id }),
    readOrNotFound(caller.chain.listChainValidators({ networkId: network.id, limit: 50, ...asked(search) })),
  ]);
  const consensusAddresses = page.items.map(({ consensusAddressHex }) => consensusAddressHex);
  const strips =
    consensusAddresses.length === 0
      ? null
      : await caller.chain.getSigningStrips({
          networkId: network.id,
          consensusAddresses,
          blocks: SET_STRIP_BLOCKS,
        });
  const statesOf = new Map(strips?.strips.map((strip) => [strip.consensusAddress, strip.states]));
  return (
    <PublicFrame>
      <PageHeader
        title={network.displayName}
        trail={[{ href: "/networks", label: "Networks" }]}
        facts={<span className="font-mono">{network.chainId}</span>}
      />
      <LiveNetworkPanel
        networkId={network.id}
        first={
          pulse.blocks.length > 0
            ? { status: "live", pulse }
            : { status: "starting", sentence: "No block of this network has been recorded yet." }
        }
      />
      <section aria-labelledby="validators" className="grid gap-2">
        <h2 id="validators" className="text-base font-semibold">
          Validators
        </h2>
        <ValidatorSet
          href={`/networks/${network.chainId}`}
          rows={page.items.map((one) => ({ ...one, states: statesOf.get(one.consensusAddressHex) ?? null }))}
          nextCursor={page.nextCursor}
          denom={{ symbol: network.displayDenom, exponent: network.denomExponent }}
        />
      </section>
      <Panel title="To join it" flush>
        <NetworkFacts network={network} />
      </Panel>
    </PublicFrame>
  );
}
