/** Why a chain value was refused; closed, so that a form can say it in its own words. */
export const CHAIN_FORMAT_REASONS = [
  "bech32_invalid",
  "bech32_prefix",
  "address_length",
  "hex_invalid",
  "pubkey_invalid",
  "amount_invalid",
  "amount_precision",
  "amount_negative",
  "dec_invalid",
  "dec_precision",
  "message_invalid",
] as const;
export type ChainFormatReason = (typeof CHAIN_FORMAT_REASONS)[number];

/** A value that the chain would not accept in this form; the message is one sentence that is safe to show. */
export class ChainFormatError extends Error {
  readonly reason: ChainFormatReason;

  constructor(reason: ChainFormatReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ChainFormatError";
    this.reason = reason;
  }
}
