"use client";

import type { ReactNode } from "react";
import { RenderedAt } from "@/components/figures/use-now";
import { ToastProvider } from "@/components/ui/toast";

/** What the shared parts need around them, once in the root layout: the time of rendering and notices. */
export function Providers({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  return (
    <RenderedAt value={renderedAtMs}>
      <ToastProvider>{children}</ToastProvider>
    </RenderedAt>
  );
}
