import { operatorAddressOf, parseBech32Address } from "@/lib/chain/bech32-address";
import { networkOf, testWalletRefused } from "@/server/domains/chain";
import { isOwnWallet, isTestWallet } from "@/server/domains/identity";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { assertCoins, readCreationRules } from "./ask-chain";
import { createSetupRequest } from "./create-setup-request";
import { fieldInvalid, walletNotLinked } from "./errors";
import { CreateSetupRequestInput, SetupWithNode } from "./schemas";

/**
 * Asks for a validator: the wallet must be the caller's, the values such as the chain will take, the operator free, the region with a slot.
 * @throws invalid validators.invalid_field, forbidden validators.wallet_not_linked, chain.test_wallet_refused, payment_required validators.coins_missing,
 * limit_exceeded validators.too_many_setups, conflict validators.operator_taken, region_full
 */
export const requestSetup = defineFlow<Ports>()({
  verb: "validators.request-setup",
  scope: "validators:write",
  tenancy: "organization",
  input: CreateSetupRequestInput,
  output: SetupWithNode,
  run: async (ctx, input): Promise<SetupWithNode> => {
    const { network, kind } = await networkOf(ctx, input.networkId);
    let operatorAddress: string;
    try {
      parseBech32Address(input.walletAddress, network.bech32.account);
      operatorAddress = operatorAddressOf(input.walletAddress, network.bech32);
    } catch {
      throw fieldInvalid(
        "walletAddress",
        `not an address of this network (${network.bech32.account}1…, 20 bytes, checksum)`,
      );
    }
    if (!(await isOwnWallet(ctx, { address: input.walletAddress }))) throw walletNotLinked(input.walletAddress);
    if (kind !== "localnet" && (await isTestWallet(ctx, { address: input.walletAddress }))) throw testWalletRefused();
    const rules = await readCreationRules(ctx, { network, operatorAddress });
    // Coins of a localnet are anybody's for the asking, so that a balance says nothing there; the limits do.
    if (kind !== "localnet") {
      const { walletAddress, selfDelegation } = input;
      await assertCoins(ctx, { network, walletAddress, selfDelegation });
    }
    const setupRequest = await createSetupRequest(ctx, {
      request: { ...input, networkId: network.networkId },
      rules: {
        operatorAddress,
        networkKind: kind,
        minCommissionRate: rules.minCommissionRate,
        isOperatorTaken: rules.isOperatorTaken,
      },
    });
    return { setupRequest, node: null };
  },
});
