import { validatorNodes, validatorSetupRequests } from "@/db/schema/validators";
import { machine } from "@/server/kernel/machine";
import { noteEvent, type StoryLine } from "./note-event";
import { NODE_MOVES, SETUP_MOVES } from "./states";

/** A person's way to a validator; each move is audited under the state it leads to. */
export const setupMachine = machine({
  table: validatorSetupRequests,
  column: "status",
  reasonColumn: "errorCode",
  movedAtColumn: "updatedAt",
  moves: SETUP_MOVES,
  refusal: { code: "validators.invalid_transition", subject: "The setup request" },
  audit: ({ from, to, reason, row }) => ({
    action: `validators.setup_request.${to}`,
    targetType: "setup_request",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to, ...(reason === null ? {} : { errorCode: reason }) },
  }),
  story: (ctx, { row }, line: StoryLine) => noteEvent(ctx, row, line),
});

/** A node as it was last seen; its story is that of its request. */
export const nodeMachine = machine({
  table: validatorNodes,
  column: "status",
  reasonColumn: "statusReason",
  moves: NODE_MOVES,
  refusal: { code: "validators.invalid_node_transition", subject: "The node" },
  audit: ({ from, to, reason, row }) => ({
    action: `validators.node.${to}`,
    targetType: "node",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to, ...(reason === null ? {} : { reason }) },
  }),
  story: (ctx, { from, to, row }, line: StoryLine) =>
    noteEvent(
      ctx,
      { id: row.setupRequestId, organizationId: row.organizationId },
      { ...line, details: { node: row.id, from, to, ...line.details } },
    ),
});
