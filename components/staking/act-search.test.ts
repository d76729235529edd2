import { describe, expect, it } from "vitest";
import { actExportHref, actInput, brokenHash } from "./act-search";

const NOW_MS = Date.parse("2026-05-08T12:34:56Z");
const inputOf = (query: string) => actInput(new URLSearchParams(query), NOW_MS);

describe("what the address asks of the transactions", () => {
  it.each([
    ["", {}],
    ["kind=vote&status=done", { kind: "vote", status: "done" }],
    ["kind=bogus&status=&since=9y", {}],
    ["since=7d", { since: "2026-05-01T12:30:00.000Z" }],
    [`txHash=${"ab".repeat(32)}`, { txHash: "ab".repeat(32) }],
    ["txHash=abc", {}],
    ["cursor=next&networkId=net_1&signerAddress=omni1", { cursor: "next", networkId: "net_1", signerAddress: "omni1" }],
  ])("%j", (query, asked) => {
    expect(inputOf(query)).toEqual({ limit: 50, ...asked });
  });

  it("names a hash that is none, so that the page can say why it filters nothing", () => {
    expect(brokenHash(new URLSearchParams("txHash=abc"))).toBe("abc");
    expect(brokenHash(new URLSearchParams(`txHash=0x${"AB".repeat(32)}`))).toBeUndefined();
    expect(brokenHash(new URLSearchParams())).toBeUndefined();
  });

  it("is asked of the file too, without its page", () => {
    const search = new URLSearchParams("kind=vote&cursor=next");
    expect(actExportHref("acme", search, NOW_MS)).toBe("/api/v1/staking/acts-export?organization=acme&kind=vote");
  });
});
