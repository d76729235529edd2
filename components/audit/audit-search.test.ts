import { describe, expect, it } from "vitest";
import { auditExportHref, ownAuditInput } from "./audit-search";

describe("what the address asks of the log", () => {
  it("is its filters and its page, without what is empty or nobody's filter", () => {
    const search = new URLSearchParams("action=identity.&actor=%20&row=aud_1&cursor=abc&chainKey=org_other");
    expect(ownAuditInput(search)).toEqual({ limit: 50, cursor: "abc", action: "identity." });
  });

  it("is in the file whole, whichever page is on screen", () => {
    const search = new URLSearchParams("action=identity.&targetId=a%26b&cursor=abc&row=aud_1");
    expect(auditExportHref("acme", search)).toBe(
      "/api/v1/audit/export?organization=acme&action=identity.&targetId=a%26b",
    );
    expect(auditExportHref("acme", new URLSearchParams())).toBe("/api/v1/audit/export?organization=acme");
  });
});
