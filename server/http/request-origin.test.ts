import { describe, expect, it } from "vitest";
import { PEER_HEADER, stampPeerAddress } from "./peer-address";
import { clientIpAddress } from "./request-origin";

const headers = (peer: string | null, forwarded: string | null): Headers => {
  const made = new Headers();
  if (peer !== null) made.set(PEER_HEADER, peer);
  if (forwarded !== null) made.set("x-forwarded-for", forwarded);
  return made;
};

describe("the client's address", () => {
  it.each([
    ["no proxy of ours: the peer", "198.51.100.7", null, 0, "198.51.100.7"],
    ["no proxy of ours, a forged header: still the peer", "198.51.100.7", "1.1.1.1", 0, "198.51.100.7"],
    ["one proxy: what it added", "10.0.0.2", "198.51.100.7", 1, "198.51.100.7"],
    ["one proxy, a forged entry in front", "10.0.0.2", "1.1.1.1, 198.51.100.7", 1, "198.51.100.7"],
    ["two proxies", "10.0.0.3", "1.1.1.1, 198.51.100.7, 10.0.0.2", 2, "198.51.100.7"],
    ["fewer hops than proxies: the outermost known", "10.0.0.2", null, 2, "10.0.0.2"],
    ["nothing known", null, null, 0, null],
    ["no peer, no trust: nothing is believed", null, "1.1.1.1", 0, null],
  ])("is, with %s", (_name, peer, forwarded, proxies, expected) => {
    expect(clientIpAddress(headers(peer, forwarded), proxies)).toBe(expected);
  });

  it("is stamped from the socket over whatever the client sent, and internal markers go", () => {
    const request = {
      headers: { [PEER_HEADER]: "1.1.1.1", "x-middleware-subrequest": "proxy:proxy:proxy", accept: "*/*" } as Record<
        string,
        string
      >,
      socket: { remoteAddress: "::ffff:198.51.100.7" },
    };
    stampPeerAddress(request as never);
    expect(request.headers).toEqual({ [PEER_HEADER]: "198.51.100.7", accept: "*/*" });
  });
});
