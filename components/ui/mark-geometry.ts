/** The golden ratio. */
export const PHI = (1 + Math.sqrt(5)) / 2;

const inset = 1.5;
const width = 32;
const height = width / PHI;
const section = inset + height;
const round = (value: number) => Math.round(value * 1000) / 1000;

/**
 * The mark's geometry, shared by the logo, the loading mark and line art: a golden rectangle cut at its golden section;
 * the cut is the stem of the letter phi, and the bowl on it is to the stem as 1 is to phi.
 */
export const MARK = {
  viewBox: `0 0 ${width + 2 * inset} ${round(height + 2 * inset)}`,
  rectangle: { x: inset, y: inset, width, height: round(height), rx: 2 },
  stem: `M${round(section)} ${inset}V${round(inset + height)}`,
  bowl: { cx: round(section), cy: round(inset + height / 2), r: round(height / PHI / 2) },
} as const;
