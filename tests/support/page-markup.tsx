import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext, SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { DataProvider } from "@/components/data/trpc-client";
import { RenderedAt } from "@/components/figures/use-now";
import { ConsolePlaceProvider } from "@/components/layout/console-place";
import { ToastProvider } from "@/components/ui/toast";

const router = { back() {}, forward() {}, prefetch() {}, push() {}, refresh() {}, replace() {} };

/** What the server draws of parts of a page of the organisation `acme` at that moment, before any script runs. */
export const pageMarkup = (children: ReactNode, { nowMs, search = "" }: { nowMs: number; search?: string }): string =>
  renderToStaticMarkup(
    <AppRouterContext value={router as never}>
      <PathnameContext value="/o/acme/page">
        <SearchParamsContext value={new URLSearchParams(search)}>
          <DataProvider organizationSlug="acme">
            <ConsolePlaceProvider slug="acme">
              <ToastProvider>
                <RenderedAt value={nowMs}>{children}</RenderedAt>
              </ToastProvider>
            </ConsolePlaceProvider>
          </DataProvider>
        </SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>,
  );

/** The words of some markup, any space between them one space. */
export const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, " ").replace(/[\s\u00a0\u202f]+/g, " ");
