"use client";

import { useState } from "react";

type Read = {
  readonly error: unknown;
  readonly failureReason: unknown;
  readonly isSuccess: boolean;
  readonly isFetching: boolean;
};

/**
 * Why a read that is repeated fails; null once it succeeds. A read without data forgets its error whenever it is begun anew (TanStack Query 5), and
 * what is on screen would change to and fro with it; so the last failure stands until there is a success.
 */
export function useLastFailure(read: Read): unknown {
  const [last, setLast] = useState<unknown>(null);
  const now = read.error ?? read.failureReason;
  if (now !== null && now !== last) setLast(now);
  const hasHealed = now === null && read.isSuccess && !read.isFetching;
  if (hasHealed && last !== null) setLast(null);
  return now ?? (hasHealed ? null : last);
}
