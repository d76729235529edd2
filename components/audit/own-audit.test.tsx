import { describe, expect, it } from "vitest";
import { pageMarkup } from "@/tests/support/page-markup";
import type { AuditRows } from "./audit-page";
import { OwnAudit } from "./own-audit";

const shown = (initial: AuditRows | undefined, search = "") =>
  pageMarkup(<OwnAudit initial={initial} />, { nowMs: Date.now(), search });

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
