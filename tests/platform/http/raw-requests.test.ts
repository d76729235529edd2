import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PEER_HEADER, stampEveryRequest } from "@/server/http/peer-address";

let server: Server;
let port: number;
let stop: () => void;
const seen: IncomingHttpHeaders[] = [];
const seenUrls: (string | undefined)[] = [];
beforeAll(async () => {
  stop = stampEveryRequest();
  server = createServer((request, response) => {
    seen.push(request.headers);
    seenUrls.push(request.url);
    response.end("served");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = address && typeof address === "object" ? address.port : 0;
});
afterAll(async () => {
  stop();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends the bytes as they are and reads until the server closes. */
const send = (text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
  });

const request = (...headers: string[]) =>
  `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers.join("\r\n")}\r\n\r\n`;

describe("requests that two readers could cut differently (fault 48)", () => {
  it.each([
    ["two lengths", `${request("Content-Length: 3", "Content-Length: 4")}abcd`],
    ["length and chunks", `${request("Content-Length: 4", "Transfer-Encoding: chunked")}0\r\n\r\n`],
    ["chunks not last", `${request("Transfer-Encoding: chunked, identity")}0\r\n\r\n`],
    ["a length that is no number", `${request("Content-Length: +4")}abcd`],
    ["a folded header", request("X-A: 1\r\n b")],
    ["a bare line feed in a header", request("X-A: 1\nX-B: 2\rX-C: 3")],
  ])("are answered 400 and reach no handler: %s", async (_name, text) => {
    const before = seen.length;
    expect(await send(text)).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toHaveLength(before);
  });

  it("cannot name their own peer nor speak as the framework", async () => {
    await send(
      request(
        "Content-Length: 0",
        `${PEER_HEADER}: 1.1.1.1`,
        "X-Middleware-Subrequest: proxy:proxy",
        "X-Forwarded-For: 2.2.2.2",
      ),
    );
    const headers = seen.at(-1) ?? {};
    expect(headers[PEER_HEADER]).toBe("127.0.0.1");
    expect(headers["x-middleware-subrequest"]).toBeUndefined();
    expect(headers["x-forwarded-for"]).toBe("2.2.2.2");
  });

  it("with ten thousand headers are refused before a handler sees them", async () => {
    const before = seen.length;
    expect(await send(request(...Array.from({ length: 10_000 }, (_, index) => `X-${index}: ${index}`)))).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(seen).toHaveLength(before);
  });
});

describe("a path whose escapes are no text", () => {
  it.each([
    ["/api/v1/networks/%ff", "/api/v1/networks/%25ff"],
    ["/api/v1/%?a=%ff", "/api/v1/%25?a=%ff"],
    ["/app/%ED%A0%80?b=?", "/app/%25ED%25A0%2580?b=?"],
    ["/app/caf%C3%A9?q=%C3%A9", "/app/caf%C3%A9?q=%C3%A9"],
  ])("%s reaches the framework as %s, which it can answer", async (path, mended) => {
    await send(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(seenUrls.at(-1)).toBe(mended);
  });
});
