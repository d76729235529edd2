import { z } from "zod";
import { keyProofBytes } from "@/lib/contracts/agent/enrolment";
import type { AgentState } from "../core/agent-state";
import { AGENT_VERSION } from "../core/agent-version";
import { ControlPlaneError, sendSigned } from "../core/control-plane";
import type { createMachineFacts } from "../core/machine-facts";
import { obey } from "../core/obey";
import { type NodePlace, readNode, readSignState } from "./read-node";

const REPORT_PATH = "/api/v1/validators/heartbeat";
const ReportAnswer = z.object({
  commands: z.array(z.unknown()),
  setup: z.object({ setupRequestId: z.string(), generation: z.number().int(), wantsKeyProof: z.boolean() }).nullable(),
});

/** What the machine was warned of by the platform, kept for whoever looks at it. */
export type Warnings = { duplicateSigner: string | null };

const portOf = (url: string): number => Number(new URL(url).port) || 26_657;

/**
 * Reads the node, reports it, does what the answer asks, and proves the node's key where a validator waits for it. A node that does not answer is
 * not reported: silence says that, and an old reading would not.
 */
export async function reportOnce(
  state: AgentState,
  place: NodePlace,
  facts: ReturnType<typeof createMachineFacts>,
  warnings: Warnings,
  log: (line: string) => void,
): Promise<unknown> {
  const { enrolled } = state;
  if (!enrolled?.walletAddress) throw new ControlPlaneError("This machine is not enrolled yet.", { code: null });
  const node = await readNode(place);
  if (enrolled.consensusPubkey !== null && enrolled.consensusPubkey !== node.consensusPubkey) {
    throw new Error("The node has another consensus key than the one that was paired. Pair this machine again.");
  }
  const { chainId, blockHeight, catchingUp, peerCount, nodeVersion, binaryVersion, consensusPubkey } = node;
  const raw = await sendSigned(state, REPORT_PATH, {
    walletAddress: enrolled.walletAddress,
    consensusPubkey,
    blockHeight,
    catchingUp,
    peerCount,
    chainId,
    nodeVersion,
    ...(binaryVersion === null ? {} : { binaryVersion }),
    uptimeSeconds: Math.floor(process.uptime()),
    localRpcPort: portOf(place.rpcUrl),
    lastSignState: await readSignState(place),
    agentVersion: AGENT_VERSION,
    receipts: state.receipts.slice(-20),
    ...(await facts()),
  });
  const answer = ReportAnswer.parse(raw);
  await obey(state, "validator", answer.commands, (command) => {
    warnings.duplicateSigner = command.payload.with ?? "another machine";
    log(
      `DANGER: ${warnings.duplicateSigner} signs with the same key as this node. Stop one of them now: signing one height twice ends the validator for good.`,
    );
  });
  if (answer.setup?.wantsKeyProof && !catchingUp) {
    const { setupRequestId, generation } = answer.setup;
    const signature = state.sign(keyProofBytes({ setupRequestId, generation, consensusPubkey }));
    await sendSigned(state, `/api/v1/validators/setup-requests/${setupRequestId}/local-key`, {
      consensusPubkey,
      proof: { agentId: enrolled.agentId, signature },
    });
    log("The node's key is proven: the validator waits for its owner's signature in the console.");
  }
  return raw;
}
