import { PHI } from "@/components/ui/mark-geometry";

const WIDTH = 128;
const CUTS = 6;

type Cut = { x: number; y: number; side: number };

/** The squares of a golden rectangle cut again and again, each against the next side: left, top, right, bottom. */
function goldenSquares(): readonly Cut[] {
  const squares: Cut[] = [];
  let [x, y, width, height] = [1, 1, WIDTH, WIDTH / PHI];
  for (let turn = 0; turn < CUTS; turn += 1) {
    const side = Math.min(width, height);
    const isFar = turn % 4 > 1;
    squares.push({
      x: width > height && isFar ? x + width - side : x,
      y: height > width && isFar ? y + height - side : y,
      side,
    });
    if (width > height) {
      if (!isFar) x += side;
      width -= side;
    } else {
      if (!isFar) y += side;
      height -= side;
    }
  }
  return squares;
}

const SQUARES = goldenSquares();

/** Line art of the empty states: the golden rectangle, unfilled. Decorative. */
export function EmptyArt() {
  return (
    <svg
      viewBox={`0 0 ${WIDTH + 2} ${WIDTH / PHI + 2}`}
      aria-hidden="true"
      className="w-32 text-line-strong"
      fill="none"
      stroke="currentColor"
    >
      <rect x="1" y="1" width={WIDTH} height={WIDTH / PHI} rx="2" />
      {SQUARES.map(({ x, y, side }, index) => (
        <g key={side} opacity={1 - index * 0.1}>
          <rect x={x} y={y} width={side} height={side} strokeDasharray={index === 0 ? undefined : "2 3"} />
        </g>
      ))}
      <circle cx={1 + WIDTH / PHI} cy={1 + WIDTH / PHI / 2} r={WIDTH / PHI / PHI / 2} />
    </svg>
  );
}
