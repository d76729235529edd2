import { z } from "zod";

// Shapes that CometBFT and the SDK's gRPC gateway both use: 64-bit numbers are JSON strings.

/** A 64-bit number in a JSON string, as bigint. */
export const wireBigint = z
  .string()
  .regex(/^-?\d+$/)
  .transform((text) => BigInt(text));

/** A 64-bit number in a JSON string that is known to be small. */
export const wireNumber = z
  .string()
  .regex(/^-?\d+$/)
  .transform((text, context) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) context.addIssue({ code: "custom", message: "out of range" });
    return value;
  });

/** A Dec as the gateway writes it: decimal point, up to 18 digits. */
export const wireDec = z.string().regex(/^-?\d+(\.\d{1,18})?$/);

/** Whole base units. */
export const wireBaseUnits = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform((text) => BigInt(text));

/** A protobuf Duration in JSON, as seconds; fractions are cut. */
export const wireDurationSeconds = z
  .string()
  .regex(/^\d+(\.\d+)?s$/)
  .transform((text) => Number.parseInt(text, 10));

/** An RFC 3339 instant. */
export const wireInstant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);

/** Upper-case hex as CometBFT writes hashes and addresses. */
export const wireHex = z.string().regex(/^[0-9A-F]*$/);

/** A consensus key: raw ed25519, 32 bytes in base64. */
export const wireEd25519Base64 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

export const wireCoin = z
  .object({ denom: z.string().min(1), amount: wireBaseUnits })
  .transform(({ denom, amount }) => ({ denom, amountBaseUnits: amount }));

export const wireDecCoin = z.object({ denom: z.string().min(1), amount: wireDec });
