/** Why bytes are not shown but refused: broken, not in their one canonical form, or of a kind that cannot be explained. */
export type DecodeRefusal = "malformed" | "non_canonical" | "unsupported";

/** Sign bytes that must not be signed, since they cannot be read in exactly one way. */
export class TransactionDecodeError extends Error {
  readonly refusal: DecodeRefusal;

  constructor(refusal: DecodeRefusal, message: string) {
    super(message);
    this.name = "TransactionDecodeError";
    this.refusal = refusal;
  }
}

/** Throws `malformed`. */
export function malformed(message: string): never {
  throw new TransactionDecodeError("malformed", message);
}

/** Throws `non_canonical`. */
export function nonCanonical(message: string): never {
  throw new TransactionDecodeError("non_canonical", message);
}
