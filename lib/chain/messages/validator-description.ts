import { toUtf8 } from "@cosmjs/encoding";
import { ChainFormatError } from "../chain-format-error";
import { withoutEmpty } from "./built-message";

/** Longest description fields in UTF-8 bytes (cosmos-sdk 0.53, x/staking/types/validator.go). */
export const DESCRIPTION_LIMITS_BYTES = {
  moniker: 70,
  identity: 3000,
  website: 140,
  securityContact: 140,
  details: 280,
} as const;

/** What the staking module takes as "leave this field as it is" (cosmos-sdk 0.53, x/staking/types/validator.go). */
export const DO_NOT_MODIFY = "[do-not-modify]";

export type ValidatorDescription = { readonly [Field in keyof typeof DESCRIPTION_LIMITS_BYTES]: string };

/** The description itself when the chain would take it. @throws ChainFormatError `message_invalid` naming the field */
export function requireDescription(description: ValidatorDescription): ValidatorDescription {
  for (const [field, limit] of Object.entries(DESCRIPTION_LIMITS_BYTES)) {
    const length = toUtf8(description[field as keyof ValidatorDescription]).length;
    if (length > limit) {
      throw new ChainFormatError("message_invalid", `The chain keeps ${limit} bytes of ${field}; this is ${length}.`);
    }
  }
  if (description.moniker === "") throw new ChainFormatError("message_invalid", "A validator needs a moniker.");
  return description;
}

/** The description in amino JSON. */
export function aminoDescription(description: ValidatorDescription): Record<string, string> {
  return withoutEmpty({
    moniker: description.moniker,
    identity: description.identity,
    website: description.website,
    security_contact: description.securityContact,
    details: description.details,
  });
}
