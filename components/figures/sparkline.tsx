import { classNames } from "@/components/ui/class-names";
import { CourseLine } from "./course-line";
import type { Sample } from "./sparkline-path";

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
  return (
    <CourseLine
      samples={samples}
      summary={summary}
      width={WIDTH}
      height={HEIGHT}
      pad={4}
      className={classNames("h-8", className)}
    />
  );
}
