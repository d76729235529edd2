import { toHex } from "@cosmjs/encoding";
import { parseBech32Address } from "@/lib/chain/bech32-address";
import { ChainFormatError } from "@/lib/chain/chain-format-error";
import { invalid } from "@/server/kernel/errors";

const HEX = /^[0-9A-Fa-f]{40}$/;

/** Upper-case hex of a consensus address in either form. @throws invalid chain.consensus_address_invalid */
export function consensusAddressHex(address: string, consensusPrefix: string): string {
  if (HEX.test(address)) return address.toUpperCase();
  try {
    return toHex(parseBech32Address(address, consensusPrefix)).toUpperCase();
  } catch (thrown) {
    if (!(thrown instanceof ChainFormatError)) throw thrown;
    throw invalid("chain.consensus_address_invalid", thrown.message, {
      fieldErrors: { consensusAddress: [thrown.message] },
    });
  }
}
