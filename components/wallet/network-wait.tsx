"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { LoadingMark } from "@/components/ui/loading-mark";
import { networkWaitWords } from "./network-wait-words";

const REFRESH_MS = 3_000;

type NetworkWaitProps = {
  /** What opens once a network is there: "Sign-in". */
  what: string;
  /** How far this machine's own chain is; null where it runs none. */
  localnet: { readonly state: string; readonly message: string } | null;
};

/** Shown while there is no network yet: who is waited for, how far it is, and that the page looks again by itself. */
export function NetworkWait({ what, localnet }: NetworkWaitProps) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [router]);
  const isFailed = localnet?.state === "failed";
  return (
    <div role="status" className="flex max-w-160 items-start gap-3 rounded-md border bg-panel px-4 py-3">
      {isFailed ? null : <LoadingMark className="mt-0.5 size-5 shrink-0 text-accent" />}
      <div className="grid min-w-0 gap-0.5">
        <p className={isFailed ? "font-medium text-danger-text" : "font-medium"}>{networkWaitWords(localnet)}</p>
        {localnet ? <p className="text-sm break-words text-ink-muted">{localnet.message}</p> : null}
        <p className="text-sm text-ink-muted">{what} opens here by itself as soon as a network is there.</p>
      </div>
    </div>
  );
}
