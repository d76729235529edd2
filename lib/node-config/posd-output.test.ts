import { describe, expect, it } from "vitest";
import { parseCometNodeId, parseConsensusPubkey } from "./posd-output";

const KEY = btoa("k".repeat(32));

describe("parseConsensusPubkey", () => {
  it("reads the key, also after a warning line", () => {
    const line = `{"@type":"/cosmos.crypto.ed25519.PubKey","key":"${KEY}"}`;
    expect(parseConsensusPubkey(`${line}\n`)).toBe(KEY);
    expect(parseConsensusPubkey(`warning: x\n${line}\n`)).toBe(KEY);
  });

  it.each([
    ["nothing", ""],
    ["another key type", `{"@type":"/cosmos.crypto.secp256k1.PubKey","key":"${KEY}"}`],
    ["a short key", `{"@type":"/cosmos.crypto.ed25519.PubKey","key":"${btoa("k")}"}`],
    ["no JSON", "{cut"],
  ])("refuses %s", (_name, text) => {
    expect(parseConsensusPubkey(text)).toBeNull();
  });
});

describe("parseCometNodeId", () => {
  it("reads the last line of 40 hex digits", () => {
    expect(parseCometNodeId(`log line\n${"0f".repeat(20)}\n`)).toBe("0f".repeat(20));
    expect(parseCometNodeId("0F")).toBeNull();
  });
});
