import type { z } from "zod";
import { openServerEnrolment } from "@/server/domains/agents";
import type { CommandCtx } from "@/server/kernel/context";
import { violatedUniqueIndex } from "@/server/kernel/serialization-retry";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { MintedToken, TokenMinter } from "@/server/ports/token-minter";
import { regionsDomain } from "../domain";
import { hostnameTaken, regionNotFound } from "../errors";
import { findRegion } from "../repository";
import { insertServer } from "./repository";
import { RegisterServerInput, ServerWithToken } from "./schemas";
import { toServer } from "./to-server";

type NewServer = z.output<typeof RegisterServerInput> & Pick<MintedToken, "tokenHash" | "displayPrefix">;

const recordServer = defineChange(
  "regions.record-server",
  async (ctx: CommandCtx<string | null>, { tokenHash, displayPrefix, regionCode, ...facts }: NewServer) => {
    const region = await findRegion(ctx.tx, regionCode);
    if (!region) throw regionNotFound(regionCode);
    const row = await insertServer(ctx.tx, {
      ...facts,
      id: regionsDomain.newId("server"),
      regionId: region.id,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    }).catch((thrown: unknown) => {
      if (violatedUniqueIndex(thrown) === "region_servers_hostname_uq") throw hostnameTaken(facts.hostname);
      throw thrown;
    });
    const { expiresAt } = await openServerEnrolment(ctx, { subjectId: row.id, name: row.hostname, tokenHash });
    ctx.audit({
      action: "regions.server.registered",
      targetType: "server",
      targetId: row.id,
      details: { regionCode, hostname: row.hostname, ipAddress: row.ipAddress, provider: row.provider },
    });
    return { server: toServer(row, regionCode), displayPrefix, tokenExpiresAt: expiresAt.toISOString() };
  },
);

/**
 * Puts a machine into a region and makes the token by which its agent enrols, once, within fifteen minutes.
 * @throws not_found regions.not_found, conflict regions.hostname_taken
 */
export const registerServer = defineFlow<{ readonly tokens: TokenMinter }>()({
  verb: "regions.register-server",
  scope: "platform:write",
  tenancy: "platform",
  input: RegisterServerInput,
  output: ServerWithToken,
  run: async (ctx, input): Promise<z.output<typeof ServerWithToken>> => {
    const { token, tokenHash, displayPrefix } = ctx.ports.tokens.mint("enrolment");
    const { displayPrefix: recorded, ...made } = await recordServer(ctx, { ...input, tokenHash, displayPrefix });
    // A replayed record belongs to a token made earlier, which this one is not.
    return { ...made, token: recorded === displayPrefix ? token : null };
  },
  kept: (made) => ({ ...made, token: null }),
});
