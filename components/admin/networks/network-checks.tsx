"use client";

import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { NetworkCheck } from "@/server/domains/chain/networks/schemas";
import { CHECK_JUDGEMENT } from "./network-judgement";

const TITLES: Record<NetworkCheck["id"], string> = {
  rpc: "RPC endpoint",
  rest: "REST endpoint",
  staking: "Staked coin",
  prefix: "Addresses",
  gas_price: "Gas price",
  genesis: "Genesis",
  release: "Release",
  peers: "Peers",
};

type NetworkChecksProps = {
  checks: readonly NetworkCheck[];
  /** Puts the SHA-256 that a file was found to have into the record. */
  onTakeOver: (check: NetworkCheck) => void;
};

/** What the chain itself says of the record, one line for each question. */
export function NetworkChecks({ checks, onTakeOver }: NetworkChecksProps) {
  return (
    <Panel title="What the chain says" flush>
      <ul className="divide-y" aria-live="polite">
        {checks.map((check) => (
          <li
            key={`${check.id} ${check.subject}`}
            className="grid gap-x-4 gap-y-1 px-4 py-2 text-sm sm:grid-cols-[9rem_9rem_minmax(0,1fr)]"
          >
            <StateBadge {...CHECK_JUDGEMENT[check.state]} />
            <span className="text-ink-muted">{TITLES[check.id]}</span>
            <span className="grid min-w-0 gap-1">
              {check.subject ? <span className="font-mono text-xs break-all">{check.subject}</span> : null}
              <span>{check.sentence}</span>
              {isUnproven(check) ? (
                <span className="flex flex-wrap items-center gap-2">
                  <code className="text-xs break-all">{check.found}</code>
                  <Button size="small" onClick={() => onTakeOver(check)}>
                    Take over this SHA-256
                  </Button>
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** A file was found whose SHA-256 nobody has told. */
const isUnproven = ({ id, state, found }: NetworkCheck): boolean =>
  (id === "genesis" || id === "release") && state === "warning" && found !== null;
