import { describe, expect, it } from "vitest";
import { drawsOf } from "./rate-limit-classes";

const bucketOf = (ipAddress: string | null) =>
  drawsOf({ rateLimit: "auth", operation: "createToken", ipAddress, actor: null })[0]?.key;

describe("whom an address counts for", () => {
  it.each([
    ["one machine's many addresses", "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true],
    ["two spellings of one network", "2001:0DB8:0001:0002::5", "2001:db8:1:2::1", true],
    ["two networks", "2001:db8:1:2::1", "2001:db8:1:3::1", false],
    ["zeros left out within the network", "2001:db8::1", "2001:db8:0:0:7::9", true],
    ["zeros left out at the end", "2001:db8:1:2::", "2001:db8:1:2:3:4:5:6", true],
    ["an interface's name", "fe80::1%eth0", "fe80::2%eth1", true],
    ["IPv4 in both spellings", "::ffff:192.0.2.1", "192.0.2.1", true],
    ["two IPv4 addresses", "192.0.2.1", "192.0.2.2", false],
    ["two mapped IPv4 addresses", "::ffff:192.0.2.1", "::ffff:192.0.2.2", false],
    ["nobody knows", null, null, true],
  ])("%s", (_name, one, other, isSame) => {
    expect(bucketOf(one) === bucketOf(other)).toBe(isSame);
  });
});

describe("whom a request by a token counts for", () => {
  const keys = (apiTokenId: string) =>
    drawsOf({
      rateLimit: "read",
      operation: "x",
      ipAddress: "192.0.2.1",
      actor: { kind: "apiToken", apiTokenId, userId: "usr_1", scopes: [] },
    }).map(({ key }) => key);

  it("is the token, the address, and the person behind all their tokens", () => {
    expect(keys("tok_1")).toEqual(["read:apiToken:tok_1", "all:ip:192.0.2.1", "all:tokens:usr_1"]);
    expect(keys("tok_2")).toContain("all:tokens:usr_1");
  });
});
