import { useId } from "react";
import { classNames } from "@/components/ui/class-names";
import { type Sample, sparklineShape } from "./sparkline-path";

const WIDTH = 160;
const HEIGHT = 32;

type SparklineProps = {
  samples: readonly Sample[];
  /** The picture in words: "Stake over 24 h: from 900 to 1000 OMNI". */
  summary: string;
  className?: string;
};

/** The course of one figure; what could not be read is hatched and never joined over. */
export function Sparkline({ samples, summary, className }: SparklineProps) {
  const id = useId();
  const { line, gaps, last } = sparklineShape(samples, WIDTH, HEIGHT, 4);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary}
      className={classNames("block h-8 w-full overflow-visible", className)}
    >
      <defs>
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" strokeWidth="2" className="stroke-unknown-mark" />
        </pattern>
      </defs>
      {gaps.map((gap) => (
        <rect key={gap.x} x={gap.x} width={gap.width} y="0" height={HEIGHT} fill={`url(#${id})`} opacity="0.5" />
      ))}
      <path
        d={line}
        fill="none"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
        className="stroke-ink-muted"
      />
      {last ? (
        <path
          d={`M${last.x} ${last.y}h0.01`}
          strokeWidth="5"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className="stroke-ink"
        />
      ) : null}
    </svg>
  );
}
