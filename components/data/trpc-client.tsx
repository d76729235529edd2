"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { LiveProvider } from "@/components/live/live-provider";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import type { AppRouter } from "@/server/trpc/root";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** A failure as pages show it; they switch on `kind` and `code`, never on the sentence. */
export type ShownError = {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly fieldErrors: Readonly<Record<string, readonly string[]>>;
};

/** Code of a failure of the way to the portal. */
export const PORTAL_NOT_REACHED = "web.not_reached";

const NOT_REACHED: ShownError = {
  kind: "upstream_unavailable",
  code: PORTAL_NOT_REACHED,
  message: "The portal did not answer. Check the connection; this page tries again by itself.",
  fieldErrors: {},
};

/** Reads our error out of whatever a call threw. */
export function shownError(thrown: unknown): ShownError {
  if (!(thrown instanceof TRPCClientError)) return NOT_REACHED;
  const data = (thrown as TRPCClientError<AppRouter>).data;
  const app = data?.appError;
  if (!app) return data ? { ...NOT_REACHED, code: String(data.code), message: thrown.message } : NOT_REACHED;
  return { kind: app.kind, code: app.code, message: app.message, fieldErrors: data.fieldErrors ?? {} };
}

/** Whether asking again can help: the portal or something behind it did not answer. */
const mayHeal = (thrown: unknown): boolean =>
  ["upstream_unavailable", "timeout", "internal", "rate_limited"].includes(shownError(thrown).kind);
const MAX_RETRIES = 2;

type DataProviderProps = {
  /** Of the organisation in view: every call of the page is made for it, whatever another tab shows. Null on public pages. */
  organizationSlug: string | null;
  children: ReactNode;
};

/** Gives pages the typed client and the stream of what they follow; one per tab and organisation. What is shown stays on screen while it is read again. */
export function DataProvider({ organizationSlug, children }: DataProviderProps) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 5_000,
            retry: (count, thrown) => count < MAX_RETRIES && mayHeal(thrown),
            refetchOnWindowFocus: true,
          },
        },
      }),
  );
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: "/api/trpc",
          headers: organizationSlug === null ? {} : { [ORGANIZATION_HEADER]: organizationSlug },
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <LiveProvider slug={organizationSlug}>{children}</LiveProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
