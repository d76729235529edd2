import { operatorAddressOf, parseBech32Address } from "@/lib/chain/bech32-address";
import type { ChainNetwork } from "@/server/ports/chain-node";
import { fieldInvalid } from "../errors";

/** The wallet as an account of this network, with the operator that is its. @throws invalid validators.invalid_field */
export function walletOn(
  network: Pick<ChainNetwork, "bech32">,
  walletAddress: string,
): { readonly walletAddress: string; readonly operatorAddress: string } {
  try {
    parseBech32Address(walletAddress, network.bech32.account);
    return { walletAddress, operatorAddress: operatorAddressOf(walletAddress, network.bech32) };
  } catch {
    throw fieldInvalid(
      "walletAddress",
      `not an address of this network (${network.bech32.account}1…, 20 bytes, checksum)`,
    );
  }
}
