import { defineCommand } from "@/server/kernel/verbs";
import { userOfWalletNotFound } from "../errors";
import { GrantPlatformRoleInput, PlatformRoleGranted } from "../schemas";
import { findWalletByAddress } from "../wallets/repository";
import { findUser, lockUser, updateUser } from "./repository";

/** Gives the person behind a wallet a platform role; works with their next request. @throws not_found identity.user_of_wallet_not_found */
export const grantPlatformRole = defineCommand({
  verb: "identity.grant-platform-role",
  scope: "platform:admin",
  tenancy: "platform",
  input: GrantPlatformRoleInput,
  output: PlatformRoleGranted,
  run: async (ctx, input) => {
    const wallet = await findWalletByAddress(ctx.tx, input.walletAddress.toLowerCase());
    if (!wallet) throw userOfWalletNotFound(input.walletAddress);
    await lockUser(ctx.tx, wallet.userId);
    const before = await findUser(ctx.tx, wallet.userId);
    await updateUser(ctx.tx, wallet.userId, { platformRole: input.platformRole });
    ctx.audit({
      action: "identity.user.platform_role_changed",
      targetType: "user",
      targetId: wallet.userId,
      organizationId: null,
      details: { walletAddress: wallet.address, from: before?.platformRole ?? null, to: input.platformRole },
    });
    return { userId: wallet.userId, platformRole: input.platformRole };
  },
});
