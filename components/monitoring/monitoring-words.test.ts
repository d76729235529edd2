import { describe, expect, it } from "vitest";
import { alertJudgement, openFilter } from "./monitoring-words";

const alert = { status: "firing", severity: "critical", inhibitedBy: null, silencedBy: null } as const;

describe("how an alert is judged", () => {
  it.each([
    [{}, "danger", "Critical"],
    [{ status: "acknowledged" }, "danger", "Critical, acknowledged"],
    [{ severity: "warning" }, "attention", "Warning"],
    [{ silencedBy: "sil_1" }, "off", "Critical, silenced"],
    [{ inhibitedBy: "alr_1" }, "off", "Critical, part of another"],
    [{ status: "resolved", silencedBy: "sil_1" }, "ok", "Over"],
  ] as const)("%#", (change, state, word) => {
    expect(alertJudgement({ ...alert, ...change })).toEqual({ state, word });
  });
});

describe("the filter of what goes on", () => {
  it("asks for one or the other, and for both where nothing is said", () => {
    const of = (text: string) => openFilter(new URLSearchParams(text));
    expect([of("state=open"), of("state=over"), of("state=x"), of("")]).toEqual([
      { isOpen: true },
      { isOpen: false },
      {},
      {},
    ]);
  });
});
