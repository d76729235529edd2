import { UNIT_SPACE } from "./group-digits";

/** A difference of two shares, as "1 percentage point"; `points` is the decimal text of it. */
export const percentagePoints = (points: string): string =>
  `${points}${UNIT_SPACE}percentage ${points === "1" ? "point" : "points"}`;
