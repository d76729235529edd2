import { classNames } from "./class-names";

/** Holds the place of what comes, at its size (set by `className`), so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={classNames("block animate-moving rounded-sm bg-raised", className)} />;
}
