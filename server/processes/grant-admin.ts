import { createDatabase } from "@/db/client";
import { env } from "@/env";
import { grantPlatformRole } from "@/server/domains/identity";
import type { ServiceCtx } from "@/server/kernel/context";
import { toAppError } from "@/server/kernel/errors";
import { uuidv7 } from "@/server/kernel/ids";
import { createLogger } from "@/server/kernel/logger";

/** `grant-admin <wallet address>`: makes the person behind a wallet a platform admin; the way in to a fresh installation. */
async function main(walletAddress: string | undefined): Promise<number> {
  if (!walletAddress) {
    process.stderr.write("A wallet address is missing. Use: npm run admin -- grant <wallet address>\n");
    return 2;
  }
  const { db, close } = createDatabase({ url: env.DATABASE_URL, maxConnections: 1, applicationName: "omniphi-admin" });
  const ctx: ServiceCtx = {
    db,
    ports: {},
    actor: { kind: "system", name: "grant-admin" },
    organizationId: null,
    origin: { requestId: `cli_${uuidv7()}`, ipAddress: null, userAgent: null },
    logger: createLogger({ name: "grant-admin", level: "silent" }),
    now: () => new Date(),
  };
  try {
    const granted = await grantPlatformRole(ctx, { walletAddress, platformRole: "admin" });
    process.stdout.write(`${walletAddress} (${granted.userId}) is a platform admin now.\n`);
    return 0;
  } catch (thrown) {
    const error = toAppError(thrown);
    process.stderr.write(`${error.message} (${error.code})\n`);
    return 1;
  } finally {
    await close();
  }
}

process.exitCode = await main(process.argv[2]);
