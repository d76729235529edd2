"use client";

import { type ReactNode, useState } from "react";
import { RenderedAt } from "@/components/figures/use-now";
import { ToastProvider } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { adoptStyleNonce } from "./style-nonce";

/** What the shared parts need around them, once in the root layout: the clock, tips, notices, and the nonce for style elements. */
export function Providers({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  useState(adoptStyleNonce);
  return (
    <RenderedAt value={renderedAtMs}>
      <TooltipProvider>
        <ToastProvider>{children}</ToastProvider>
      </TooltipProvider>
    </RenderedAt>
  );
}
