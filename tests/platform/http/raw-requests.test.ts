import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardEveryRequest, REFUSED_METHOD_HEADER, REFUSED_PATH } from "@/server/http/incoming";
import { PEER_HEADER } from "@/server/http/peer-address";

let server: Server;
let port: number;
let stop: () => void;
const seen: IncomingHttpHeaders[] = [];
const seenUrls: (string | undefined)[] = [];
beforeAll(async () => {
  stop = guardEveryRequest({ publicUrl: "https://cloud.omniphi.test", isDevelopment: false });
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
  `POST /api/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers.join("\r\n")}\r\n\r\n`;

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

describe("an answer that no handler of ours makes", () => {
  const expected = [
    "x-content-type-options: nosniff",
    "x-frame-options: DENY",
    "strict-transport-security: max-age=63072000; includeSubDomains",
  ];

  it("has the security headers, whoever makes it", async () => {
    const answer = (
      await send("GET /_next/static/nothing.js HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    ).toLowerCase();
    for (const header of expected) expect(answer).toContain(header.toLowerCase());
  });

  it.each([
    ["no Host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, false],
    ["no HTTP at all", "hello\r\n\r\n", 400, true],
    ["too many headers", request(...Array.from({ length: 10_000 }, (_, index) => `X-${index}: ${index}`)), 431, true],
  ])("to %s has them too", async (_name, text, status, isProblem) => {
    const answer = await send(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const header of expected) expect(answer.toLowerCase()).toContain(header.toLowerCase());
    if (!isProblem) return;
    expect(answer).toContain("content-type: application/problem+json");
    const problem = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
    expect(problem).toMatchObject({ status, code: "http.malformed" });
  });
});

describe("a method", () => {
  it.each([
    ["TRACE", "/api/v1/regions"],
    ["PROPFIND", "/api/v1/regions"],
    ["TRACE", "/"],
    ["POST", "/"],
    ["DELETE", "/validators"],
    ["OPTIONS", "/%61pi/v1/regions"],
    ["PUT", "/_next/static/x.js"],
  ])("%s of %s, which nothing there takes, is sent to where it is refused", async (method, path) => {
    const hostile = `${REFUSED_METHOD_HEADER}: mine`;
    await send(`${method} ${path} HTTP/1.1\r\nHost: x\r\n${hostile}\r\nConnection: close\r\n\r\n`);
    expect(seenUrls.at(-1)).toBe(REFUSED_PATH);
    expect(seen.at(-1)?.[REFUSED_METHOD_HEADER]).toBe(method);
  });

  it.each([
    ["GET", "/"],
    ["HEAD", "/validators"],
    ["PATCH", "/api/v1/x"],
    ["OPTIONS", "/api/v1/x"],
  ])("%s of %s is left as it is", async (method, path) => {
    const hostile = `${REFUSED_METHOD_HEADER}: mine`;
    await send(`${method} ${path} HTTP/1.1\r\nHost: x\r\n${hostile}\r\nConnection: close\r\n\r\n`);
    expect(seenUrls.at(-1)).toBe(path);
    expect(seen.at(-1)?.[REFUSED_METHOD_HEADER]).toBeUndefined();
  });
});

it("a body that goes on after its answer is out is cut off with its connection", async () => {
  const sent = "POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nbegin";
  const { answer, openMs } = await new Promise<{ answer: string; openMs: number }>((resolve, reject) => {
    const startedAt = performance.now();
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(sent));
    const dripping = setInterval(() => socket.write("x"), 100);
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
    });
    // Who is writing when the connection is cut off may hear of it by a reset; its end is told by "close" either way.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    });
    socket.on("close", () => {
      clearInterval(dripping);
      resolve({ answer: text, openMs: performance.now() - startedAt });
    });
  });
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(openMs).toBeLessThan(10_000);
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
