import type { z } from "zod";
import { answerReport, noteSeen, requireAgent } from "@/server/domains/agents";
import { recordedTip } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { SYNCED_LAG_BLOCKS } from "../constants";
import { machineBoundElsewhere } from "../errors";
import { keepLook } from "../history/keep-look";
import { conditionOfMachine } from "../history/node-condition";
import { lagBlocks } from "../nodes/health";
import { compareWatermarks, higherWatermark } from "../nodes/sign-state";
import { nextSpan } from "./duplicate-signer";
import { judgeSigner } from "./note-duplicate-signer";
import { insertSample, listLocalSetups, lockMachine, type MachineRow, upsertMachine } from "./repository";
import { LocalHeartbeatAnswer, LocalHeartbeatInput } from "./schemas";

const rounded = (value: number | null | undefined): number | null => (value == null ? null : Math.round(value));

/** What the machine has signed at most, with what this report says; a file that was set back does not lower it. */
function signStateAfter(
  before: MachineRow | undefined,
  reported: z.output<typeof LocalHeartbeatInput>["lastSignState"],
) {
  const kept =
    before === undefined || before.signHeight === null
      ? null
      : { height: before.signHeight, round: before.signRound ?? 0, step: before.signStep ?? 0 };
  const seen = reported ? { ...reported, height: BigInt(reported.height) } : null;
  const hasAdvanced = kept !== null && seen !== null && compareWatermarks(seen, kept) > 0;
  return { state: higherWatermark(kept, seen), hasAdvanced };
}

/** Keeps the report as the machine's newest and as one of the day's; reports of one machine wait for each other. */
const recordHeartbeat = defineChange(
  "validators.record-heartbeat",
  async (ctx: CommandCtx<string | null>, report: z.output<typeof LocalHeartbeatInput>) => {
    const agent = await requireAgent(ctx.tx, ctx.actor, "validator");
    const { networkId, organizationId } = agent;
    if (
      networkId === null ||
      organizationId === null ||
      agent.consensusPubkey !== report.consensusPubkey ||
      agent.walletAddress !== report.walletAddress
    ) {
      throw machineBoundElsewhere();
    }
    await noteSeen(ctx, agent, report);
    const setups = await listLocalSetups(ctx.tx, organizationId, networkId, report.walletAddress);
    // The key's own request, though it ended; only a key that no request had is for the one that waits for a key.
    const ownSetup =
      setups.find((setup) => setup.consensusPubkey === report.consensusPubkey) ??
      setups.find((setup) => setup.consensusPubkey === null) ??
      null;
    const before = await lockMachine(ctx.tx, agent.id);
    const { state, hasAdvanced } = signStateAfter(before, report.lastSignState);
    const span = nextSpan(
      { signAdvancedAt: before?.signAdvancedAt ?? null, signAdvancingSince: before?.signAdvancingSince ?? null },
      hasAdvanced,
      ctx.now,
    );
    const measured = {
      blockHeight: BigInt(report.blockHeight),
      isCatchingUp: report.catchingUp ?? null,
      peerCount: report.peerCount ?? null,
      cpuPercent: rounded(report.cpuPercent),
      memoryPercent: rounded(report.memoryPercent),
      diskPercent: rounded(report.diskPercent),
    };
    const machine = await upsertMachine(ctx.tx, {
      ...measured,
      ...span,
      agentId: agent.id,
      organizationId,
      networkId,
      walletAddress: report.walletAddress,
      consensusPubkey: report.consensusPubkey,
      setupRequestId: ownSetup?.id ?? null,
      machineId: agent.machineId,
      machineName: agent.name,
      uptimeSeconds: report.uptimeSeconds,
      localRpcPort: report.localRpcPort ?? null,
      localP2pPort: report.localP2pPort ?? null,
      localGrpcPort: report.localGrpcPort ?? null,
      chainId: report.chainId ?? null,
      nodeVersion: report.nodeVersion ?? null,
      binaryVersion: report.binaryVersion ?? null,
      agentVersion: report.agentVersion ?? null,
      osType: report.osType ?? null,
      osVersion: report.osVersion ?? null,
      isOnBattery: report.onBattery ?? null,
      maySleep: report.maySleep ?? null,
      signHeight: state?.height ?? null,
      signRound: state?.round ?? null,
      signStep: state?.step ?? null,
      firstSeenAt: ctx.now,
      lastSeenAt: ctx.now,
    });
    await insertSample(ctx.tx, { ...measured, agentId: agent.id, at: ctx.now });
    const lag = lagBlocks(measured.blockHeight, await recordedTip(ctx.tx, networkId, ctx.now));
    const { cpuPercent, memoryPercent, diskPercent, peerCount, isCatchingUp } = measured;
    await keepLook(ctx.tx, {
      sourceId: agent.id,
      setupRequestId: ownSetup?.id ?? null,
      at: ctx.now,
      condition: conditionOfMachine({ isCatchingUp, lagBlocks: lag, syncedLagBlocks: SYNCED_LAG_BLOCKS, peerCount }),
      cpuPercent,
      memoryBytes: null,
      memoryPercent,
      diskUsedBytes: null,
      diskPercent,
      diskFreeBytes: null,
      lagBlocks: lag,
      peerCount,
    });
    return {
      agentId: agent.id,
      blockHeight: report.blockHeight,
      lastSeen: machine.lastSeenAt.toISOString(),
      setup: ownSetup && {
        setupRequestId: ownSetup.id,
        generation: ownSetup.generation,
        status: ownSetup.status,
        wantsKeyProof: ownSetup.status === "pending",
      },
    };
  },
  { telemetry: true },
);

/**
 * Takes the report of a machine of one's own. The same report again is one more sample and nothing else.
 * @throws forbidden agents.not_an_agent, conflict validators.machine_bound_elsewhere
 */
export const reportHeartbeat = defineFlow<Ports>()({
  verb: "validators.report-heartbeat",
  scope: "agents:write",
  tenancy: "organization",
  input: LocalHeartbeatInput,
  output: LocalHeartbeatAnswer,
  run: async (ctx, input) => {
    const { agentId, ...kept } = await recordHeartbeat(ctx, input);
    await judgeSigner(ctx, agentId);
    const message =
      kept.setup?.wantsKeyProof === true
        ? "Taken. The validator of this wallet waits for the proof of the node's key."
        : "Taken.";
    return { id: agentId, ...kept, message, ...(await answerReport(ctx, agentId)) };
  },
});
