import { createHash } from "node:crypto";
import { networkOf } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { advisoryNotFound } from "../errors";
import { reportAddress } from "./report-address";
import { AdvisoryCheck, ProposalRef } from "./schemas";

const MAX_REPORT_BYTES = 1_000_000;
const READ_MS = 5_000;

/** Reads the report that the guard points to and holds it against the hash on the chain. @throws not_found staking.advisory_not_found */
export const checkAdvisory = defineFlow<Ports>()({
  verb: "staking.check-advisory",
  scope: "staking:read",
  tenancy: "organization",
  input: ProposalRef,
  output: AdvisoryCheck,
  run: async (ctx, input): Promise<AdvisoryCheck> => {
    const { network } = await networkOf(ctx, input.networkId);
    const guard = await ctx.ports.chains.forNetwork(network).riskGuard(BigInt(input.proposalId));
    if (!guard?.advisory) throw advisoryNotFound(input.proposalId);
    const { uri, reportSha256 } = guard.advisory;
    const found = await readReport(ctx.ports, uri);
    return {
      networkId: network.networkId,
      proposalId: input.proposalId,
      uri,
      expectedSha256: reportSha256,
      readAt: ctx.now().toISOString(),
      ...(found.sha256 === null
        ? found
        : { ...found, state: isSameHash(found.sha256, reportSha256) ? ("verified" as const) : ("mismatch" as const) }),
    };
  },
});

const isSameHash = (sha256: string, onChain: string) => sha256 === onChain.trim().toLowerCase().replace(/^0x/, "");

async function readReport(ports: Ports, uri: string) {
  const address = reportAddress(uri);
  if (address === null) {
    const reason = "Only https and ipfs addresses are read from here.";
    return { state: "unsupported" as const, sha256: null, reason };
  }
  try {
    const bytes = await ports.documents.readBytes(address, MAX_REPORT_BYTES, { deadlineMs: READ_MS });
    return { sha256: createHash("sha256").update(bytes).digest("hex"), reason: null };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.kind === "internal") throw thrown;
    return { state: "unreachable" as const, sha256: null, reason: thrown.message };
  }
}
