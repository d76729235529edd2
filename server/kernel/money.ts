import { patternText } from "./text";

/** Chain amount in base units as it travels: a decimal string of at most 78 digits (numeric(78,0)). */
export const baseUnitsText = patternText(
  /^(0|[1-9][0-9]{0,77})$/,
  "a whole number of base units, without sign or separators",
  78,
);
