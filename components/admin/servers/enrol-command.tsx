"use client";

import { AgeText } from "@/components/figures/age-text";
import { CommandLine } from "@/components/ui/command-line";
import { AGENT_PROGRAM_PATH } from "@/lib/contracts/agent/version";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";

type EnrolCommandProps = {
  server: Pick<RegionServer, "id" | "regionCode" | "hostname">;
  token: string;
  expiresAt: string;
};

/** What is run on the machine, once. A machine that is enrolled anew needs a key of its own, so each token has a file of its own. */
export function EnrolCommand({ server, token, expiresAt }: EnrolCommandProps) {
  const { origin } = window.location;
  const place = `--url ${origin} --region ${server.regionCode} --server ${server.id}`;
  const state = `--state ~/.omniphi-agent/server-${token.slice(-8)}.json`;
  return (
    <div className="grid gap-2">
      <p className="text-sm text-ink-muted">
        Run this on {server.hostname}. It needs Node 20 or newer and only connects outwards. The token is shown this
        once, is good once, and ends <AgeText at={expiresAt} />.
      </p>
      <CommandLine
        text={`curl -fsSO ${origin}${AGENT_PROGRAM_PATH} && node omniphi-agent.mjs server ${place} ${state} --token ${token}`}
      />
    </div>
  );
}
