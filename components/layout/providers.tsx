"use client";

import { type ReactNode, useState } from "react";
import { ToastProvider } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { adoptStyleNonce } from "./style-nonce";

/** What the shared parts need around them: tips, notices, and the page's nonce for style elements made at run time. */
export function Providers({ children }: { children: ReactNode }) {
  useState(adoptStyleNonce);
  return (
    <TooltipProvider>
      <ToastProvider>{children}</ToastProvider>
    </TooltipProvider>
  );
}
