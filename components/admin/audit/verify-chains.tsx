"use client";

import { VerifyPanel } from "@/components/audit/verify-panel";
import { useTRPCClient } from "@/components/data/trpc-client";
import type { AuditVerdict } from "@/server/domains/identity/schemas";

/** Recomputes the chain that the list is filtered to, or all of them one after the other. */
export function VerifyChains({ chainKey }: { chainKey: string | undefined }) {
  const client = useTRPCClient();
  const verify = async (onWalk: (done: number, total: number) => void) => {
    const keys = chainKey
      ? [chainKey]
      : (await client.identity.readAuditHeads.query({})).heads.map((head) => head.chainKey);
    const verdicts: AuditVerdict[] = [];
    for (const key of keys) {
      onWalk(verdicts.length, keys.length);
      verdicts.push(await client.identity.verifyAuditChain.mutate({ chainKey: key }));
    }
    return verdicts;
  };
  return <VerifyPanel act={chainKey ? "Verify this chain" : "Verify chain"} verify={verify} />;
}
