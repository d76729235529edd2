"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { groupDigits } from "@/lib/format/group-digits";

/** Says how many scheduled runs the list leaves out, and the way to see them; the choice stands in the address. */
export function RoutineLine({
  search,
  hiddenCount,
}: {
  search: URLSearchParams;
  /** Undefined while it is not known. */
  hiddenCount: number | undefined;
}) {
  const pathname = usePathname();
  const isShown = search.get("routine") === "shown";
  const next = new URLSearchParams(search);
  next.delete("cursor");
  if (isShown) next.delete("routine");
  else next.set("routine", "shown");
  return (
    <p className="text-sm text-ink-muted" aria-live="polite">
      {routineSentence(isShown, hiddenCount)}{" "}
      <Link href={`${pathname}?${next}`} scroll={false} className="text-accent underline underline-offset-4">
        {isShown ? "Leave them out" : "Show them"}
      </Link>
    </p>
  );
}

/** What the list does with scheduled runs that ended as they should. */
export function routineSentence(isShown: boolean, hiddenCount: number | undefined): string {
  if (isShown) return "Scheduled runs that ended as they should are listed too.";
  if (hiddenCount === undefined) return "Scheduled runs that ended as they should are left out.";
  if (hiddenCount === 1) return "1 scheduled run that ended as it should is left out.";
  return `${groupDigits(hiddenCount)} scheduled runs that ended as they should are left out.`;
}
