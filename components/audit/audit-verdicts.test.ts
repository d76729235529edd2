import { describe, expect, it } from "vitest";
import type { AuditVerdict } from "@/server/domains/identity/schemas";
import { verdictSentence, verdictsSentence } from "./audit-verdicts";

const intact: AuditVerdict = {
  chainKey: "platform",
  isIntact: true,
  rowCount: 12,
  firstBadSequence: null,
  firstBadId: null,
  reason: null,
  anchorsChecked: 1,
  lastHash: "0".repeat(64),
  verifiedAt: "2026-01-01T00:00:00.000Z",
};
const broken: AuditVerdict = {
  ...intact,
  chainKey: "org_1",
  isIntact: false,
  rowCount: 3,
  firstBadSequence: 4,
  firstBadId: "aud_4",
  reason: "hash_mismatch",
};

describe("what verifying the audit log found", () => {
  it("says how much was looked at", () => {
    expect(verdictSentence(intact)).toBe(
      "The platform's chain agrees with itself: 12 rows recomputed, and 1 anchor outside the database compared.",
    );
    expect(verdictsSentence([intact, { ...intact, chainKey: "org_2" }])).toMatch(
      /^All 2 chains .* 24 rows .* 2 anchors/,
    );
  });

  it("names the first row that contradicts, and what is still good", () => {
    expect(verdictSentence(broken)).toBe(
      "The chain of org_1 is broken at row 4 (aud_4): its content was changed after it was written. The 3 rows before it agree.",
    );
  });

  it("lets no intact chain hide a broken one", () => {
    expect(verdictsSentence([intact, broken, { ...broken, chainKey: "org_2" }])).toMatch(
      /org_1 is broken.*1 more are broken/,
    );
  });

  it("says of an anchor that no longer fits what it means", () => {
    expect(verdictSentence({ ...broken, reason: "anchor_mismatch", firstBadId: null })).toMatch(
      /at row 4: it differs from the head that was kept outside/,
    );
  });
});
