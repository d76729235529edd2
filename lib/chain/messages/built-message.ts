import { ADDRESS_LENGTH_BYTES, decodeBech32 } from "../bech32-address";
import { ChainFormatError } from "../chain-format-error";

/** One message in both forms: protobuf `Any` parts for direct signing, and the amino JSON that a Ledger signs. */
export type BuiltMessage = {
  readonly typeUrl: string;
  readonly value: Uint8Array;
  readonly amino: { readonly type: string; readonly value: Readonly<Record<string, unknown>> };
};

/** A coin in base units of a denom. */
export type BuiltCoin = { readonly denom: string; readonly amountBaseUnits: bigint };

/** The wire form of a coin: its amount a decimal string. @throws ChainFormatError when negative or without a denom */
export function wireCoin(coin: BuiltCoin): { denom: string; amount: string } {
  if (coin.amountBaseUnits < 0n) throw new ChainFormatError("amount_negative", "An amount cannot be less than zero.");
  if (coin.denom === "") throw new ChainFormatError("amount_invalid", "The coin has no denom.");
  return { denom: coin.denom, amount: coin.amountBaseUnits.toString() };
}

/** The address itself when its checksum and length hold; prefixes are checked where the network is known. @throws ChainFormatError */
export function requireAddress(address: string): string {
  if (decodeBech32(address).bytes.length === ADDRESS_LENGTH_BYTES && address === address.toLowerCase()) return address;
  throw new ChainFormatError(
    "address_length",
    `An address in this message does not hold ${ADDRESS_LENGTH_BYTES} bytes.`,
  );
}

/** Amino JSON as the chain writes it: empty strings of plain fields are left out (cosmossdk.io/x/tx v0.14, aminojson `omitempty`). */
export function withoutEmpty(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ""));
}
