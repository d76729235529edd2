import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";

const LINES = ["a", "b", "c", "d", "e", "f"];

/** A detail page while it is read: head, sentence, two panels and the log. */
export function DetailLoading() {
  return (
    <div aria-busy="true" className="grid gap-4">
      <div className="mb-1 grid gap-2">
        <Skeleton className="h-3 w-28" />
        <Skeleton className="h-6 w-64" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <Skeleton className="h-6 w-120 max-w-full" />
      <div className="grid gap-4 xl:grid-cols-[3fr_2fr]">
        {["left", "right"].map((side) => (
          <Panel key={side}>
            <div className="grid gap-4">
              {LINES.map((line) => (
                <Skeleton key={line} className="h-5 w-full" />
              ))}
            </div>
          </Panel>
        ))}
      </div>
    </div>
  );
}
