import { fromHex, toHex } from "@cosmjs/encoding";
import { ADDRESS_LENGTH_BYTES, formatBech32Address, parseBech32Address } from "./bech32-address";
import { ChainFormatError } from "./chain-format-error";

/** `0x` and Omniphi's own `1x`: two ways to show the same 20 bytes in hex. */
export const HEX_ADDRESS_PREFIXES = ["0x", "1x"] as const;
export type HexAddressPrefix = (typeof HEX_ADDRESS_PREFIXES)[number];

const HEX_ADDRESS = /^[01]x[0-9a-fA-F]{40}$/;

/** The 20 bytes of a `0x` or `1x` address; the case of the digits says nothing. @throws ChainFormatError */
export function parseHexAddress(address: string): Uint8Array {
  if (!HEX_ADDRESS.test(address)) {
    throw new ChainFormatError(
      "hex_invalid",
      `A hex address is 0x or 1x and then ${ADDRESS_LENGTH_BYTES * 2} digits from 0-9 and a-f.`,
    );
  }
  return fromHex(address.slice(2));
}

/** Lower-case hex form of 20 bytes. */
export function formatHexAddress(bytes: Uint8Array, prefix: HexAddressPrefix): string {
  if (bytes.length !== ADDRESS_LENGTH_BYTES) {
    throw new ChainFormatError(
      "address_length",
      `An address holds ${ADDRESS_LENGTH_BYTES} bytes; this one holds ${bytes.length}.`,
    );
  }
  return `${prefix}${toHex(bytes)}`;
}

/** The account address, in bech32, that a person typed in any of the three forms. @throws ChainFormatError */
export function normalizeAccountAddress(address: string, accountPrefix: string): string {
  const trimmed = address.trim();
  const bytes = /^[01]x/.test(trimmed) ? parseHexAddress(trimmed) : parseBech32Address(trimmed, accountPrefix);
  return formatBech32Address(accountPrefix, bytes);
}
