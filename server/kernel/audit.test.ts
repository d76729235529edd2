import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditHash, canonicalJson, chainKeyOf, GENESIS_HASH, type HashedAuditRow } from "./audit";

const ROW: HashedAuditRow = {
  id: "aud_1",
  chainKey: "org_1",
  sequence: 1,
  occurredAt: "2026-01-02T03:04:05.000Z",
  actor: "user:usr_1",
  action: "validators.setup_request.created",
  targetType: "setup_request",
  targetId: "val_1",
  requestId: "req_1",
  ipAddress: null,
  details: { b: 1, a: [true, null, "ü"] },
};

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, shuffled(item)]),
    );
  return value;
}

describe("canonicalJson", () => {
  it("gives equal data equal text, in whatever order the keys come", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" }), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it("loses nothing that JSON can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ["sorts keys by code unit, without spaces", { b: 1, a: 2, B: 3, ä: 4 }, '{"B":3,"a":2,"b":1,"ä":4}'],
    ["leaves absent fields out", { a: undefined, b: null }, '{"b":null}'],
    ["keeps the order of lists", [2, 1, [3]], "[2,1,[3]]"],
    ["writes a lone absence as null, as JSON does in a list", [undefined], "[null]"],
  ])("%s", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});

describe("auditHash", () => {
  it("is SHA-256 over the previous hash, a line break and the canonical row", () => {
    const text =
      '{"action":"validators.setup_request.created","actor":"user:usr_1","chainKey":"org_1","details":{"a":[true,null,"ü"],"b":1},"id":"aud_1","ipAddress":null,"occurredAt":"2026-01-02T03:04:05.000Z","requestId":"req_1","sequence":1,"targetId":"val_1","targetType":"setup_request"}';
    const expected = createHash("sha256").update(`${GENESIS_HASH}\n${text}`, "utf8").digest("hex");
    expect(auditHash(GENESIS_HASH, ROW)).toBe(expected);
  });

  it.each(Object.keys(ROW) as (keyof HashedAuditRow)[])("changes when %s changes", (field) => {
    const changed = { ...ROW, [field]: field === "sequence" ? 2 : "other" };
    expect(auditHash(GENESIS_HASH, changed)).not.toBe(auditHash(GENESIS_HASH, ROW));
  });

  it("changes when the row before it changes, so that a chain cannot be mended in the middle", () => {
    expect(auditHash("f".repeat(64), ROW)).not.toBe(auditHash(GENESIS_HASH, ROW));
  });
});

describe("chainKeyOf", () => {
  it("is the organisation, or the platform for acts that belong to none", () => {
    expect(chainKeyOf("org_1")).toBe("org_1");
    expect(chainKeyOf(null)).toBe("platform");
  });
});
