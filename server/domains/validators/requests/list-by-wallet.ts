import { z } from "zod";
import { networkOf } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { accountAddressText } from "@/server/kernel/text";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { readPowerReduction, readValidatorOnChain } from "./ask-chain";
import { assertKnownAccount } from "./known-account";
import { listSetupRequests } from "./list-setup-requests";
import { type WalletChainInfo, WalletValidator } from "./schemas";

/** The organisation's validators of one wallet with what the chain says of each; a chain that does not answer is said so, never left out. */
export const listByWallet = defineFlow<Ports>()({
  verb: "validators.list-by-wallet",
  scope: "validators:read",
  tenancy: "organization",
  input: z.strictObject({ address: accountAddressText }),
  output: z.array(WalletValidator),
  run: async (ctx, input): Promise<readonly WalletValidator[]> => {
    await assertKnownAccount(ctx.db, "address", input.address);
    const { items } = await listSetupRequests(ctx, { walletAddress: input.address, limit: 100 });
    return Promise.all(
      items.map(async (listed) => {
        const { machine } = listed;
        const heartbeat = machine && { blockHeight: machine.blockHeight, lastSeen: machine.lastSeen };
        const item = { ...listed, heartbeat };
        try {
          const { network } = await networkOf(ctx, item.setupRequest.networkId);
          const shown = await readValidatorOnChain(ctx.ports, network, item.setupRequest.operatorAddress);
          if (shown === null) return { ...item, chainInfo: null, chainError: null };
          const powerReduction = await readPowerReduction(ctx.ports, network);
          return { ...item, chainInfo: toChainInfo(shown, powerReduction), chainError: null };
        } catch (thrown) {
          if (!isAppError(thrown)) throw thrown;
          return { ...item, chainInfo: null, chainError: "unreachable" };
        }
      }),
    );
  },
});

function toChainInfo(
  shown: NonNullable<Awaited<ReturnType<typeof readValidatorOnChain>>>,
  powerReduction: bigint,
): WalletChainInfo {
  return {
    isActiveValidator: shown.status === "bonded" && !shown.isJailed,
    validatorAddress: shown.operatorAddress,
    votingPower: (BigInt(shown.tokensBaseUnits) / powerReduction).toString(),
    jailed: shown.isJailed,
    commission: shown.commissionRate,
    tokens: shown.tokensBaseUnits,
    status: shown.status,
  };
}
