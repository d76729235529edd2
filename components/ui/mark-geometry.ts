/** The golden ratio. */
export const PHI = (1 + Math.sqrt(5)) / 2;

const inset = 1.5;
const width = 32;
const height = width / PHI;
const bowlRadius = height / PHI / 2;
const top = inset + (width - height) / 2;
const section = inset + height;
const round = (value: number) => Math.round(value * 1000) / 1000;

/**
 * The mark's geometry, shared by the logo, the loading mark and line art: a golden rectangle cut at its golden section.
 * The cut runs on as the stem of the letter phi, as long as the rectangle is wide; bowl, height and width are to each
 * other as 1 to phi, so the stem stands out by the bowl's radius at either end.
 */
export const MARK = {
  viewBox: `0 0 ${width + 2 * inset} ${width + 2 * inset}`,
  rectangle: { x: inset, y: round(top), width, height: round(height), rx: 2 },
  stem: `M${round(section)} ${inset}V${inset + width}`,
  bowl: { cx: round(section), cy: round(inset + width / 2), r: round(bowlRadius) },
} as const;
