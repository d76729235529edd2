"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { DetailColumns, DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { Button } from "@/components/ui/button";
import type { NetworkRecord } from "@/server/domains/chain/networks/schemas";
import { NetworkEndpoints } from "./network-endpoints";
import { NetworkFacts } from "./network-facts";
import { NetworkFiles } from "./network-files";
import { NETWORK_JUDGEMENT, networkSentence } from "./network-judgement";
import { RetireNetwork } from "./retire-network";

const REFETCH_MS = 10_000;
const TRAIL = [{ href: "/admin/networks", label: "Networks" }];

/** One network as an operator sees it: how it stands, its endpoints, what its nodes run on, and the acts on it. */
export function NetworkDetail({ networkId, initial }: { networkId: string; initial: NetworkRecord | undefined }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.chain.getNetworkRecord.queryOptions(
      { networkId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  return (
    <DetailRead kind="Network" id={networkId} trail={TRAIL} subject="This network's record" read={read}>
      {({ id, record, endpoints, takesNodes, hasFaucet }, stale) => (
        <DetailPage
          title={record.displayName}
          trail={TRAIL}
          facts={
            <>
              <span className="font-mono">{record.chainId}</span>
              <span className="inline-flex items-center gap-1">
                Network <AddressText value={id} kind="network id" />
              </span>
            </>
          }
          actions={
            <>
              <Button asChild>
                <Link href={`/admin/networks/${id}/edit`}>Edit record</Link>
              </Button>
              <RetireNetwork networkId={id} record={record} />
            </>
          }
          sentence={{
            ...NETWORK_JUDGEMENT[record.status],
            children: networkSentence({ status: record.status, takesNodes }),
          }}
          stale={stale}
        >
          <DetailColumns side={<NetworkFacts record={record} hasFaucet={hasFaucet} />}>
            <NetworkEndpoints networkId={id} endpoints={endpoints} />
            <NetworkFiles record={record} />
          </DetailColumns>
        </DetailPage>
      )}
    </DetailRead>
  );
}
