import type { ReactNode } from "react";
import { PublicHeader } from "@/components/landing/public-header";

/** The frame of the explorer's pages. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <PublicHeader />
      <main id="content" tabIndex={-1} className="mx-auto grid max-w-320 gap-5 px-4 py-8 sm:px-6 outline-none">
        {children}
      </main>
    </>
  );
}
