import { z } from "zod";
import { wordsText } from "@/server/kernel/text";
import { NODE_OPERATIONS, NODE_STATUSES, RUNTIMES } from "../constants";
import { NodeId, SetupRequestId } from "../schemas";

export const NodeView = z
  .object({
    id: z.string(),
    status: z.enum(NODE_STATUSES),
    statusMessage: z.string(),
    runtime: z.enum(RUNTIMES),
    desiredState: z.enum(["running", "stopped", "terminated"]),
    operation: z.enum(NODE_OPERATIONS).nullable(),
    operationStep: z.string().nullable(),
    rpcEndpoint: z.string().nullable(),
    p2pEndpoint: z.string().nullable(),
    logsUrl: z.string(),
    p2pNodeId: z.string().nullable(),
    lastBlockHeight: z.string().nullable(),
    lagBlocks: z.number().int().nullable(),
    isCatchingUp: z.boolean().nullable(),
    peerCount: z.number().int().nullable(),
    nodeVersion: z.string().nullable(),
    binaryVersion: z.string(),
    restartCount: z.number().int().nullable(),
    cpuPercent: z.number().nullable(),
    memoryUsedBytes: z.number().nullable(),
    volumeUsedBytes: z.number().nullable(),
    watermarkHeight: z.string().nullable(),
    lastSeenAt: z.string().nullable(),
    lastCheckError: z.string().nullable(),
    startedAt: z.string().nullable(),
    /** While set, whoever runs the platform keeps it from being started or replaced; why stands in `heldReason`. */
    heldAt: z.string().nullable(),
    heldReason: z.string().nullable(),
  })
  .meta({ id: "Node" });
export type NodeView = z.infer<typeof NodeView>;

/** One line of a node's log; `at` is the host's clock. */
export const NodeLogLineView = z
  .object({ at: z.string(), stream: z.enum(["stdout", "stderr"]), text: z.string() })
  .meta({ id: "NodeLogLine" });

/** A node by its own id or by that of the request whose node it is. */
export const NodeTarget = z
  .strictObject({ setupRequestId: SetupRequestId.optional(), nodeId: NodeId.optional() })
  .refine((input) => (input.setupRequestId === undefined) !== (input.nodeId === undefined), {
    path: ["nodeId"],
    message: "name the node or its request, one of the two",
  });

/** Why a node is held back; its owner reads it, so it ends as a sentence does. */
export const HoldNodeInput = z.strictObject({ setupRequestId: SetupRequestId, reason: wordsText(3, 300) });
export const ReleaseNodeInput = z.strictObject({ setupRequestId: SetupRequestId });
export const HeldNode = z
  .object({ nodeId: z.string(), setupRequestId: z.string(), heldAt: z.string().nullable(), message: z.string() })
  .meta({ id: "HeldNode" });

/** What was asked of a node; it is done when the node's own status says so. */
export const NodeActAnswer = z
  .object({
    message: z.string(),
    nodeId: z.string(),
    setupRequestId: z.string(),
    operation: z.enum(NODE_OPERATIONS),
    generation: z.number().int(),
    status: z.string(),
  })
  .meta({ id: "NodeAct" });

const Availability = z.object({ isAvailable: z.boolean(), reason: z.string().nullable() });
export const RuntimesAnswer = z.object({ process: Availability, docker: Availability });
