import { describe, expect, it } from "vitest";
import { securityTxt } from "./security-txt";

describe("security.txt", () => {
  it("says whom to tell, until when that holds, and where it is the true one", () => {
    const now = new Date("2026-01-01T00:00:00.500Z");
    const text = securityTxt({ contact: "mailto:security@example.org", publicUrl: "https://cloud.example.org/", now });
    expect(text.split("\n")).toEqual([
      "Contact: mailto:security@example.org",
      "Expires: 2026-04-01T00:00:00Z",
      "Preferred-Languages: en",
      "Canonical: https://cloud.example.org/.well-known/security.txt",
      "",
    ]);
  });
});
