import { Skeleton } from "@/components/ui/skeleton";
import { evenSamples } from "./even-samples";
import { Sparkline } from "./sparkline";

/** Readings of the last hours on the raster that they were kept in. */
export type Course<Reading> = {
  readonly fromAt: string;
  readonly toAt: string;
  readonly stepSeconds: number;
  readonly samples: readonly Reading[];
};

type CoursePictureProps<Reading extends { readonly at: string }> = {
  /** Undefined while it is read. */
  course: Course<Reading> | undefined;
  label: string;
  hours: number;
  read: (reading: Reading) => number | null;
  format: (value: number) => string | null;
  /** What there is none of, in the past: "Nothing was measured". */
  none: string;
};

/** One figure's course over the last hours, with its lowest and highest in words. */
export function CoursePicture<Reading extends { readonly at: string }>({
  course,
  label,
  hours,
  read,
  format,
  none,
}: CoursePictureProps<Reading>) {
  if (course === undefined) return <Skeleton className="h-8" />;
  const raster = {
    fromMs: Date.parse(course.fromAt),
    toMs: Date.parse(course.toAt),
    stepMs: course.stepSeconds * 1_000,
  };
  const samples = evenSamples(course.samples, raster, read);
  const known = samples.filter((sample) => sample !== null);
  if (known.length === 0) {
    return (
      <span className="text-xs text-ink-muted">
        {none} in the last {hours} hours.
      </span>
    );
  }
  return (
    <Sparkline
      samples={samples}
      summary={`${label} over ${hours} hours: lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}`}
    />
  );
}
