import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/inngest/engine/protocol/canonical-json";
import { sign } from "@/inngest/engine/protocol/signature";
import { assertMayBeSigned, assertSigned } from "./job-signature";

const KEY = `signkey-prod-${"ab".repeat(16)}`;
const NOW = 1_800_000_000_000;
const here = { signingKey: KEY, isElsewhere: false };
const elsewhere = { signingKey: KEY, isElsewhere: true };

const callOf = (body: string, signed: string, ipAddress: string, key = KEY) => ({
  headers: new Headers({ "x-inngest-signature": sign(signed, key, NOW / 1_000) }),
  bytes: Buffer.from(body),
  ipAddress,
  now: NOW,
});

/** As a server in another language writes it: other order, other escapes. */
const SENT = '{ "event": {"name":"x\\u003c"}, "ctx": {"run_id":"1"} }';
const FORM = canonicalJson(JSON.parse(SENT));

describe("a call of the job server", () => {
  it("is proven by a signature over the bytes that came", () => {
    expect(() => assertSigned(callOf(SENT, SENT, "192.0.2.1"), here)).not.toThrow();
    expect(() => assertSigned(callOf("", "", "192.0.2.1"), here)).not.toThrow();
    expect(() => assertSigned(callOf(SENT, `${SENT} `, "192.0.2.1"), here)).toThrow("must carry its signature");
  });

  it("of a server elsewhere may be signed over its canonical form, of the engine here not", () => {
    expect(() => assertSigned(callOf(SENT, FORM, "192.0.2.2"), elsewhere)).not.toThrow();
    expect(() => assertSigned(callOf(SENT, FORM, "192.0.2.2"), here)).toThrow("must carry its signature");
  });

  it.each([
    ["no JSON", "{"],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]).toString("latin1")],
    ["nested beyond the stack", "[".repeat(200_000) + "]".repeat(200_000)],
    ["beyond what is read unproven", JSON.stringify("x".repeat(1_100_000))],
  ])("with a wrong signature over %s is refused like any other", (_name, body) => {
    expect(() => assertSigned(callOf(body, "another", "192.0.2.3"), elsewhere)).toThrow("must carry its signature");
  });

  it("from who has failed thirty times in a minute is refused before it is read, for that minute", () => {
    const address = "192.0.2.4";
    const wrong = callOf(SENT, "another", address);
    for (let index = 0; index < 30; index += 1) {
      assertMayBeSigned(wrong.headers, address, NOW);
      expect(() => assertSigned(wrong, elsewhere)).toThrow("must carry its signature");
    }
    expect(() => assertMayBeSigned(wrong.headers, address, NOW)).toThrow("Too many calls");
    expect(() => assertMayBeSigned(wrong.headers, "192.0.2.5", NOW)).not.toThrow();
    expect(() => assertMayBeSigned(wrong.headers, address, NOW + 60_001)).not.toThrow();
  });

  it.each([
    null,
    "",
    "t=&s=",
    "t=1&s=ab",
    `t=1;s=${"0".repeat(64)}`,
    `t=x&s=${"0".repeat(64)}`,
    `t=1&s=${"0".repeat(64)}x`,
  ])("that says %j of its signature is not read at all", (header) => {
    const headers = new Headers(header === null ? {} : { "x-inngest-signature": header });
    expect(() => assertMayBeSigned(headers, "192.0.2.6", NOW)).toThrow("must carry its signature");
  });
});
