import type { Metadata } from "next";
import Link from "next/link";
import { readOrNotFound } from "@/app/first-read";
import { pathSegment } from "@/app/path-segment";
import { NetworkFacts } from "@/components/explorer/network-facts";
import { AgeText } from "@/components/figures/age-text";
import { FaucetPanel } from "@/components/join/faucet-panel";
import { HardwareTable } from "@/components/join/hardware-table";
import { NetworkParamsPanel } from "@/components/join/network-params-panel";
import { ReleaseList } from "@/components/join/release-list";
import { PageHeader } from "@/components/layout/page-header";
import { StateSentence } from "@/components/state/state-sentence";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { isBech32Address } from "@/lib/chain/bech32-address";
import { groupDigits } from "@/lib/format/group-digits";
import { CHAIN_SILENT_AFTER_SECONDS } from "@/server/domains/validators/constants";
import { api, currentPrincipal } from "@/server/trpc/server";
import { PublicFrame } from "../../public-frame";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ network: string }> };

const read = async ({ params }: Props) => {
  const caller = await api();
  const networkId = pathSegment((await params).network);
  const network = await readOrNotFound(caller.chain.getNetwork({ networkId }));
  return { caller, network };
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { network } = await read(props);
  return {
    title: `Join ${network.displayName}`,
    description: `What a node of ${network.chainId} needs: genesis, peers, program, parameters, and test coins.`,
  };
}

/** Whose faucet it is: nobody's before a sign-in. */
async function reader(accountPrefix: string) {
  if ((await currentPrincipal()) === null) return { organizationSlug: null, ownAddress: "" };
  const caller = await api();
  const [me, wallets] = await Promise.all([caller.identity.me(), caller.identity.listWallets({})]);
  const own = wallets.items.find(({ address }) => isBech32Address(address, accountPrefix));
  return { organizationSlug: me?.organization?.slug ?? null, ownAddress: own?.address ?? "" };
}

/** Everything that somebody needs to join a network: its state now, its files, its demands, and coins to begin with. */
export default async function JoinPage(props: Props) {
  const { caller, network } = await read(props);
  const params = await caller.chain.getNetworkParams({ networkId: network.id });
  const { tipAt, tipHeightBlocks } = params;
  const isSilent =
    tipAt === null ||
    Date.now() - Date.parse(tipAt) > Math.max(CHAIN_SILENT_AFTER_SECONDS * 1_000, 5 * (params.averageBlockMs ?? 0));
  return (
    <PublicFrame>
      <PageHeader
        title={`Join ${network.displayName}`}
        trail={[
          { href: "/networks", label: "Networks" },
          { href: `/networks/${network.chainId}`, label: network.displayName },
        ]}
        facts={<span className="font-mono">{network.chainId}</span>}
        actions={
          <>
            <Button asChild>
              <a href={`/api/v1/networks/${network.chainId}/chain-registry`} download={`${network.chainId}.chain.json`}>
                Download chain.json
              </a>
            </Button>
            <Button asChild kind={network.hasFaucet ? "secondary" : "primary"}>
              <Link href="/validators/new">Set up a validator</Link>
            </Button>
          </>
        }
      />
      {tipAt === null || tipHeightBlocks === null ? (
        <StateSentence state="unknown" word="Not known">
          No block of this network has been recorded yet.
        </StateSentence>
      ) : isSilent ? (
        <StateSentence state="unknown" word="Not known">
          Nothing new was read of the chain; its newest block here is {groupDigits(tipHeightBlocks)},{" "}
          <AgeText at={tipAt} />.
        </StateSentence>
      ) : (
        <StateSentence state="ok" word="Makes blocks">
          Block {groupDigits(tipHeightBlocks)}, <AgeText at={tipAt} />.
        </StateSentence>
      )}
      <NetworkParamsPanel params={params} />
      <Panel title="To join it" flush>
        <NetworkFacts network={network} />
      </Panel>
      <ReleaseList network={network} />
      <FaucetPanel network={network} {...(await reader(network.bech32.account))} />
      <HardwareTable />
      <p className="text-sm">
        <Link href="/docs/become-a-validator#manual" className="text-accent underline underline-offset-2">
          The manual way, command by command
        </Link>
        , or let it be run here and sign one transaction.
      </p>
    </PublicFrame>
  );
}
