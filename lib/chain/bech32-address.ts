import { fromBech32, toBech32 } from "@cosmjs/encoding";
import { ChainFormatError } from "./chain-format-error";

/** The six prefixes of a Cosmos chain, as wallets ask for them (`cosmos/chain-registry` names only the first; the rest follow by suffix). */
export type Bech32Prefixes = {
  readonly account: string;
  readonly accountPub: string;
  readonly validator: string;
  readonly validatorPub: string;
  readonly consensus: string;
  readonly consensusPub: string;
};

/** Cosmos SDK addresses of keys are 20 bytes (RIPEMD-160 of SHA-256 for secp256k1, SHA-256 cut to 20 for ed25519). */
export const ADDRESS_LENGTH_BYTES = 20;

/** Longest text that BIP-173 allows; also stated because @cosmjs/encoding's own default is refused by the @scure/base it runs on. */
const BECH32_LIMIT_CHARACTERS = 90;

/** The SDK's usual suffixes on an account prefix (cosmos-sdk 0.53, types/address.go). */
export function bech32PrefixesOf(accountPrefix: string): Bech32Prefixes {
  return {
    account: accountPrefix,
    accountPub: `${accountPrefix}pub`,
    validator: `${accountPrefix}valoper`,
    validatorPub: `${accountPrefix}valoperpub`,
    consensus: `${accountPrefix}valcons`,
    consensusPub: `${accountPrefix}valconspub`,
  };
}

/** Prefix and bytes of any bech32 text whose checksum holds. @throws ChainFormatError `bech32_invalid` */
export function decodeBech32(text: string): { readonly prefix: string; readonly bytes: Uint8Array } {
  try {
    const { prefix, data } = fromBech32(text, BECH32_LIMIT_CHARACTERS);
    return { prefix, bytes: data };
  } catch (cause) {
    throw new ChainFormatError(
      "bech32_invalid",
      "This is not a valid address: its checksum does not match. Copy it again in full.",
      cause,
    );
  }
}

/** The 20 bytes behind a bech32 address. @throws ChainFormatError on a bad checksum, another prefix or another length */
export function parseBech32Address(address: string, expectedPrefix: string): Uint8Array {
  const decoded = decodeBech32(address);
  if (decoded.prefix !== expectedPrefix) {
    throw new ChainFormatError(
      "bech32_prefix",
      `This address begins with "${decoded.prefix}1", but one that begins with "${expectedPrefix}1" is needed here.`,
    );
  }
  return requireAddressLength(decoded.bytes);
}

/** The address of 20 bytes under a prefix, lower case. @throws ChainFormatError on another length */
export function formatBech32Address(prefix: string, bytes: Uint8Array): string {
  return toBech32(prefix, requireAddressLength(bytes), BECH32_LIMIT_CHARACTERS);
}

/** The operator form of an account: the same 20 bytes under the validator prefix, with its own checksum. */
export function operatorAddressOf(
  accountAddress: string,
  prefixes: Pick<Bech32Prefixes, "account" | "validator">,
): string {
  return formatBech32Address(prefixes.validator, parseBech32Address(accountAddress, prefixes.account));
}

/** The account form of an operator: the inverse of `operatorAddressOf`. */
export function accountAddressOf(
  operatorAddress: string,
  prefixes: Pick<Bech32Prefixes, "account" | "validator">,
): string {
  return formatBech32Address(prefixes.account, parseBech32Address(operatorAddress, prefixes.validator));
}

/** Whether the text is an address of that prefix; for forms, where a reason is not needed. */
export function isBech32Address(address: string, expectedPrefix: string): boolean {
  try {
    parseBech32Address(address, expectedPrefix);
    return true;
  } catch {
    return false;
  }
}

function requireAddressLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== ADDRESS_LENGTH_BYTES) {
    throw new ChainFormatError(
      "address_length",
      `An address holds ${ADDRESS_LENGTH_BYTES} bytes; this one holds ${bytes.length}.`,
    );
  }
  return bytes;
}
