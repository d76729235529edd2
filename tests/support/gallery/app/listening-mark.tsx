"use client";

import { useEffect } from "react";

/** Marks the page once the effects of all that stands before it have run: only then does it hear a key that no element of its own listens for. */
export function ListeningMark() {
  useEffect(() => {
    document.documentElement.dataset.listening = "";
  }, []);
  return null;
}
