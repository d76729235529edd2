import type { z } from "zod";
import { openServerEnrolment } from "@/server/domains/agents";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { MintedToken, TokenMinter } from "@/server/ports/token-minter";
import { serverEnded } from "../errors";
import { requireServer } from "./require-server";
import { ServerRef, ServerWithToken } from "./schemas";
import { toServer } from "./to-server";

type Renewal = z.output<typeof ServerRef> & Pick<MintedToken, "tokenHash" | "displayPrefix">;

const recordRenewal = defineChange(
  "regions.record-renewal",
  async (ctx: CommandCtx<string | null>, { tokenHash, displayPrefix, ...ref }: Renewal) => {
    const server = await requireServer(ctx.tx, ref);
    if (server.status === "decommissioned") throw serverEnded(server.id);
    const { expiresAt } = await openServerEnrolment(ctx, { subjectId: server.id, name: server.hostname, tokenHash });
    ctx.audit({
      action: "regions.server.token_renewed",
      targetType: "server",
      targetId: server.id,
      details: { hostname: server.hostname },
    });
    return { server: toServer(server, ref.regionCode), displayPrefix, tokenExpiresAt: expiresAt.toISOString() };
  },
);

/**
 * Makes a new enrolment token of a server whose first was not used, or whose machine lost its key: the agent that it had is refused from then on.
 * @throws not_found regions.server_not_found, conflict regions.server_ended
 */
export const renewServerToken = defineFlow<{ readonly tokens: TokenMinter }>()({
  verb: "regions.renew-server-token",
  scope: "platform:write",
  tenancy: "platform",
  input: ServerRef,
  output: ServerWithToken,
  run: async (ctx, input): Promise<z.output<typeof ServerWithToken>> => {
    const { token, tokenHash, displayPrefix } = ctx.ports.tokens.mint("enrolment");
    const { displayPrefix: recorded, ...made } = await recordRenewal(ctx, { ...input, tokenHash, displayPrefix });
    return { ...made, token: recorded === displayPrefix ? token : null };
  },
  kept: (made) => ({ ...made, token: null }),
});
