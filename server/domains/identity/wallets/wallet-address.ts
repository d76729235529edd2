import { formatBech32Address, parseBech32Address } from "@/lib/chain/bech32-address";
import { ChainFormatError } from "@/lib/chain/chain-format-error";
import { invalid } from "@/server/kernel/errors";

/**
 * The one spelling (lower case) under which an address is kept and compared.
 * @throws invalid identity.wallet_address_invalid when prefix, length or checksum is wrong
 */
export function canonicalAddress(address: string, accountPrefix: string): string {
  const refuse = (message: string) =>
    invalid("identity.wallet_address_invalid", message, { fieldErrors: { address: [message] } });
  if (/(?:valoper|valcons|pub)$/.test(accountPrefix)) {
    throw refuse("This is a validator's or a key's address; the address of an account, such as omni1…, is needed.");
  }
  try {
    return formatBech32Address(accountPrefix, parseBech32Address(address, accountPrefix));
  } catch (thrown) {
    if (!(thrown instanceof ChainFormatError)) throw thrown;
    throw refuse(thrown.message);
  }
}
