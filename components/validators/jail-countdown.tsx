"use client";

import { useAsOfNow } from "@/components/figures/use-now";
import type { MissBudget } from "@/server/domains/chain/mirror/schemas";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import { jailCountdown } from "./miss-price";

/** How long until jail while the node is down; nothing where no jail is near. */
export function JailCountdown({ standing, budget }: { standing: ValidatorStanding; budget: MissBudget | null }) {
  const words = useAsOfNow((nowMs) => jailCountdown(standing, budget, nowMs));
  if (words === null) return null;
  return (
    <span role="timer" className="ml-2 font-medium text-danger-text tabular-nums" suppressHydrationWarning>
      {words}
    </span>
  );
}
