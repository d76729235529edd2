"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { LoadingMark } from "@/components/ui/loading-mark";

const REFRESH_MS = 3_000;

/** Shown while this machine's chain is still being made; looks again by itself. */
export function NetworkWait({ sentence, isFailed }: { sentence: string; isFailed: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <div className="flex items-start gap-3 rounded-md border border-line px-3 py-3">
      {isFailed ? null : <LoadingMark className="mt-0.5 size-5 text-accent" />}
      <p className={isFailed ? "text-danger-text" : "text-ink-muted"}>{sentence}</p>
    </div>
  );
}
