"use client";

import { useLinkStatus } from "next/link";
import { StateMark } from "@/components/state/state-mark";

/** Within a link: that its page has been asked for and is not there yet. It has its place from the start, so nothing moves. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return (
    <span aria-hidden="true" className={pending ? "ml-auto opacity-100" : "ml-auto opacity-0"}>
      <StateMark state="moving" className="size-3" />
    </span>
  );
}
