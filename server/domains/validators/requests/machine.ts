import { validatorSetupRequests } from "@/db/schema/validators";
import { machine } from "@/server/kernel/machine";
import { SETUP_MOVES } from "../states";
import { noteEvent, type StoryLine } from "../story/note-event";

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
