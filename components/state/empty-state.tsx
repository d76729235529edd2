import type { ReactNode } from "react";
import { EmptyArt } from "./empty-art";

/** A place with nothing in it yet: what would stand here, and the one act that puts it there. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <EmptyArt />
      <h2 className="mt-5 text-lg font-semibold">{title}</h2>
      <p className="mt-1 max-w-100 text-base text-pretty text-ink-muted">{children}</p>
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
