import { validatorNodes } from "@/db/schema/validators";
import { machine } from "@/server/kernel/machine";
import { NODE_MOVES } from "../states";
import { noteEvent, type StoryLine } from "../story/note-event";

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
