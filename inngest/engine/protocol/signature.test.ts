import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json";
import { isAuthorizedBy, isSignedBy, sign } from "./signature";

const key = "signkey-prod-12345678";

describe("signature", () => {
  it("accepts its own signature within five minutes and nothing else", () => {
    const header = sign('{"a":1}', key, 1_000);
    expect(isSignedBy(header, '{"a":1}', key, 1_300)).toBe(true);
    expect(isSignedBy(header, '{"a":1}', key, 1_301)).toBe(false);
    expect(isSignedBy(header, '{"a":1}', key, 699)).toBe(false);
    expect(isSignedBy(header, '{"a":2}', key, 1_000)).toBe(false);
    expect(isSignedBy(header, '{"a":1}', "signkey-prod-87654321", 1_000)).toBe(false);
    expect(isSignedBy(header.replace("t=1000", "t=1001"), '{"a":1}', key, 1_000)).toBe(false);
    expect(isSignedBy(undefined, '{"a":1}', key, 1_000)).toBe(false);
  });

  it("knows the bearer of the SDK specification's example", () => {
    const hashed = "b2ed992186a5cb19f6668aade821f502c1d00970dfd0e35128d51bac4649916c";
    expect(isAuthorizedBy(`Bearer signkey-prod-${hashed}`, key)).toBe(true);
    expect(isAuthorizedBy(`Bearer signkey-test-${hashed}`, key)).toBe(false);
    expect(isAuthorizedBy(`Bearer ${key}`, key)).toBe(false);
    expect(isAuthorizedBy(undefined, key)).toBe(false);
  });
});

describe("canonicalJson", () => {
  it("sorts members by code unit and leaves out undefined ones", () => {
    expect(canonicalJson({ b: [1, { d: undefined, c: null }], a: "é\n", "\u{1F600}": 1, "\uFB33": 2 })).toBe(
      '{"a":"é\\n","b":[1,{"c":null}],"\u{1F600}":1,"\uFB33":2}',
    );
  });

  it("is a fixed point and keeps the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
