import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { DetailColumns } from "./detail-page";

const LINES = ["a", "b", "c", "d", "e", "f"];

/** A `DetailPage` while it is read: head, sentence and two panels. A column of no width of its own keeps its lines from making the page wider than a phone. */
export function DetailLoading() {
  return (
    <div aria-busy="true" className="grid max-w-320 grid-cols-1 gap-4">
      <div className="mb-1 grid grid-cols-1 gap-2">
        <Skeleton className="h-3 w-28" />
        <Skeleton className="h-6 w-64" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <Skeleton className="h-6 w-120 max-w-full" />
      <DetailColumns side={<PanelLoading />}>
        <PanelLoading />
      </DetailColumns>
    </div>
  );
}

function PanelLoading() {
  return (
    <Panel>
      <div className="grid gap-4">
        {LINES.map((line) => (
          <Skeleton key={line} className="h-5 w-full" />
        ))}
      </div>
    </Panel>
  );
}
