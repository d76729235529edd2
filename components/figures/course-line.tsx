import { useId } from "react";
import { classNames } from "@/components/ui/class-names";
import { type Sample, sparklineShape } from "./sparkline-path";

type CourseLineProps = {
  readonly samples: readonly Sample[];
  /** The picture in words. */
  readonly summary: string;
  readonly width: number;
  readonly height: number;
  /** Room above and below the line. */
  readonly pad: number;
  readonly className?: string | undefined;
};

/** The line of one figure over time, stretched to its place; what could not be read is hatched and never joined over. */
export function CourseLine({ samples, summary, width, height, pad, className }: CourseLineProps) {
  const id = useId();
  const { line, gaps, last } = sparklineShape(samples, width, height, pad);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary}
      className={classNames("block w-full overflow-visible", className)}
    >
      <defs>
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" strokeWidth="2" className="stroke-unknown-mark" />
        </pattern>
      </defs>
      {gaps.map((gap) => (
        <rect key={gap.x} x={gap.x} width={gap.width} y="0" height={height} fill={`url(#${id})`} opacity="0.5" />
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
