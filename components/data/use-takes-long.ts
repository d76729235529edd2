"use client";

import { useEffect, useState } from "react";

/** As long as the server waits for a part of a page's first paint: what takes longer is said to be silent, not drawn as a skeleton. */
const LONG_MS = 2_000;

/** Whether something has been waited for so long that the page says so. `isLate`: the server waited already before the page came. */
export function useTakesLong(isWaiting: boolean, isLate: boolean): boolean {
  const [isLong, setIsLong] = useState(isLate);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setIsLong(true), LONG_MS);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isWaiting]);
  return isWaiting && isLong;
}
