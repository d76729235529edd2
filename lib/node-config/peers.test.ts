import { describe, expect, it } from "vitest";
import { formatPeer, isPrivateHost, parsePeer, replaceLoopbackHosts } from "./peers";

const ID = "a".repeat(40);

describe("parsePeer", () => {
  it.each([
    [`${ID}@127.0.0.1:26656`, { nodeId: ID, host: "127.0.0.1", port: 26_656 }],
    [`${ID}@seed.example.org:1`, { nodeId: ID, host: "seed.example.org", port: 1 }],
    [`${ID}@[::1]:26656`, { nodeId: ID, host: "::1", port: 26_656 }],
  ])("reads %s and writes it back", (text, peer) => {
    expect(parsePeer(text)).toEqual(peer);
    expect(formatPeer(peer)).toBe(text);
  });

  it.each([
    "",
    "127.0.0.1:26656",
    `${ID}@127.0.0.1`,
    `${ID}@127.0.0.1:0`,
    `${ID}@127.0.0.1:65536`,
    `${ID}@a"\nb:1`,
    `${ID}@a:1,${ID}@b:1`,
    `${ID.toUpperCase()}@a:1`,
  ])("refuses %j", (text) => {
    expect(parsePeer(text)).toBeNull();
  });
});

describe("isPrivateHost", () => {
  it.each([
    "127.0.0.1",
    "localhost",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.1",
    "192.168.1.1",
    "100.64.0.1",
    "sentry",
    "fd00::1",
    "::1",
  ])("%s is private", (host) => {
    expect(isPrivateHost(host)).toBe(true);
  });

  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "seed.example.org", "2001:db8::1"])("%s is public", (host) => {
    expect(isPrivateHost(host)).toBe(false);
  });
});

describe("replaceLoopbackHosts", () => {
  it("puts the gateway in the place of loopback and leaves other hosts", () => {
    const peers = [`${ID}@127.0.0.1:1`, `${ID}@localhost:2`, `${ID}@0.0.0.0:3`, `${ID}@10.0.0.9:4`];
    expect(replaceLoopbackHosts(peers, "172.18.0.1")).toEqual([
      `${ID}@172.18.0.1:1`,
      `${ID}@172.18.0.1:2`,
      `${ID}@172.18.0.1:3`,
      `${ID}@10.0.0.9:4`,
    ]);
  });
});
