import type { CommandCtx } from "@/server/kernel/context";
import type { SetupRow } from "../requests/repository";
import { insertEvent, notifyChannel } from "./repository";

/** Postgres channel that live pages listen on; the payload is the setup request's id. */
export const SETUP_CHANNEL = "omniphi_setup";

/** Channel for what shows many requests; the payload is their organisation's id. */
export const OWNER_CHANNEL = "omniphi_setup_owner";

/** One line of a request's story. */
export type StoryLine = {
  readonly type: "started" | "progress" | "completed" | "failed" | "retry" | "cancelled" | "activity";
  readonly step?: string | null;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Writes one line of the request's story in the command's own transaction and tells the pages that watch it. */
export async function noteEvent(
  ctx: CommandCtx<string | null>,
  setup: Pick<SetupRow, "id" | "organizationId">,
  event: StoryLine,
): Promise<void> {
  await insertEvent(ctx.tx, {
    setupRequestId: setup.id,
    organizationId: setup.organizationId,
    eventType: event.type,
    step: event.step ?? null,
    message: event.message,
    details: event.details ?? {},
    at: ctx.now,
  });
  await notifyChannel(ctx.tx, SETUP_CHANNEL, setup.id);
  await notifyChannel(ctx.tx, OWNER_CHANNEL, setup.organizationId);
}
