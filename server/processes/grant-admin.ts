import { grantPlatformRole } from "@/server/domains/identity";
import { toAppError } from "@/server/kernel/errors";
import { runProcess } from "@/server/runtime/run-process";

/** `grant-admin <wallet address>`: makes the person behind a wallet a platform admin; the way in to a fresh installation. */
await runProcess({
  name: "grant-admin",
  pool: { maxConnections: 1 },
  logLevel: "silent",
  run: async ({ args: [walletAddress], ctx }) => {
    if (!walletAddress) {
      process.stderr.write("A wallet address is missing. Use: npm run admin -- grant <wallet address>\n");
      return 2;
    }
    try {
      const granted = await grantPlatformRole(await ctx(), { walletAddress, platformRole: "admin" });
      process.stdout.write(`${walletAddress} (${granted.userId}) is a platform admin now.\n`);
      return 0;
    } catch (thrown) {
      const error = toAppError(thrown);
      process.stderr.write(`${error.message} (${error.code})\n`);
      return 1;
    }
  },
});
