import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext, SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DataProvider } from "@/components/data/trpc-client";
import { ConsolePlaceProvider } from "@/components/layout/console-place";
import { ToastProvider } from "@/components/ui/toast";
import type { AuditRows } from "./audit-page";
import { OwnAudit } from "./own-audit";

const router = {
  back() {},
  forward() {},
  prefetch() {},
  push() {},
  refresh() {},
  replace() {},
};

const shown = (initial: AuditRows | undefined, search = "") =>
  renderToStaticMarkup(
    <AppRouterContext value={router as never}>
      <PathnameContext value="/o/acme/audit">
        <SearchParamsContext value={new URLSearchParams(search)}>
          <DataProvider organizationSlug="acme">
            <ConsolePlaceProvider slug="acme">
              <ToastProvider>
                <OwnAudit initial={initial} />
              </ToastProvider>
            </ConsolePlaceProvider>
          </DataProvider>
        </SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>,
  );

const row = {
  id: "aud_1",
  chainKey: "org_1",
  sequence: 7,
  occurredAt: "2026-01-31T09:30:00.000Z",
  actor: "user:usr_1",
  action: "identity.api_token.created",
  targetType: "api_token",
  targetId: "tok_1",
  requestId: "req_1",
  ipAddress: null,
  details: {},
  hash: "0".repeat(64),
};

describe("the page of an organisation's audit log", () => {
  it("shows rows and offers all that the filters leave as a file, saying what is in it", () => {
    const page = shown({ items: [row], nextCursor: null }, "action=identity.&cursor=abc");
    expect(page).toContain('href="/api/v1/audit/export?organization=acme&amp;action=identity."');
    expect(page).toMatch(/<a [^>]*download=""[^>]*aria-describedby="audit-file-words"/);
    expect(page).toMatch(/id="audit-file-words"[^>]*>Every row that the filters leave/);
    expect(page).toContain("tok_1");
    expect(page).toContain("Verify chain");
  });

  it("says that nothing has been recorded, and shows places for rows while they are read", () => {
    expect(shown({ items: [], nextCursor: null })).toContain("Nothing has been recorded yet");
    const reading = shown(undefined);
    expect(reading).toContain('aria-busy="true"');
    expect(reading).not.toContain("Nothing has been recorded yet");
  });

  it("has no column for the chain, since there is one", () => {
    expect(shown({ items: [row], nextCursor: null })).not.toContain("org_1");
  });
});
