import { connect } from "node:net";
import { expect, test } from "@playwright/test";

/** What the product answers on the wire, where the framework and Node stand before every handler of ours. */

type Wire = { readonly text: string; readonly firstByteMs: number; readonly openMs: number };

/** Sends the bytes as they are, drips more when told to, and reads until the server closes. */
function send(text: string, drip?: string): Promise<Wire> {
  const { hostname, port } = new URL(process.env.E2E_BASE_URL ?? "");
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    let [answer, firstByteMs] = ["", Number.NaN];
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 500);
    socket.on("data", (bytes) => {
      if (answer === "") firstByteMs = performance.now() - startedAt;
      answer += bytes.toString("latin1");
      if (drip === undefined && answer.endsWith("\r\n0\r\n\r\n")) socket.destroy();
    });
    socket.on("error", (error) => (answer === "" ? reject(error) : undefined));
    socket.on("close", () => {
      clearInterval(dripping);
      resolve({ text: answer, firstByteMs, openMs: performance.now() - startedAt });
    });
  });
}

const request = (line: string, headers = "", body = "") =>
  send(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n${body}`);

const statusOf = ({ text }: Wire): number => Number(/^HTTP\/1\.1 (\d+) /.exec(text)?.[1]);
const json = "Content-Type: application/json\r\n";

test.describe("every answer has the security headers, and none is a 500", () => {
  const cases: readonly (readonly [line: string, status: number, headers?: string, body?: string])[] = [
    ["TRACE /", 405],
    ["TRACE /api/v1/regions", 405],
    ["PROPFIND /api/trpc/identity.me", 405],
    ["POST /sign-in", 405, "Content-Length: 2\r\n", "{}"],
    ["OPTIONS /api/v1/api-tokens", 204],
    ["HEAD /api/v1/regions", 200],
    ["GET /_next/static/nothing.js", 404],
    ["PUT /_next/static/nothing.js", 405],
    ["GET /_next/image?url=%2Fapi%2Fhealth&w=64&q=75", 404],
    ["GET /api/nothing", 404],
    ["GET /api/auth/signin", 404],
    ["GET /api/auth/signout", 405],
    ["GET /api/v1/regions?__proto__=1", 400],
    ["GET /api/v1/regions?constructor=1", 400],
    ["GET /api/v1/regions?status=%ff", 400],
    ["GET /api/v1/regions?status=active&status=offline", 400],
    ["GET //api/v1/regions", 308],
    ["GET /api/v1/%ff", 404],
    ["PUT /api/inngest", 401, `${json}Content-Length: 2\r\n`, "{}"],
    ["GET /api/inngest", 401],
    ["POST /api/v1/auth/token/refresh", 400, `${json}Content-Length: 3\r\n`, '"\u00ff"'],
    ["POST /api/v1/auth/token/refresh", 415, `${json}Content-Encoding: gzip\r\nContent-Length: 2\r\n`, "{}"],
    ["POST /api/v1/auth/token/refresh", 400, `${json}Transfer-Encoding: chunked\r\n`, "ZZ\r\n"],
    ["GET /api/v1/regions", 431, `X-Long: ${"x".repeat(20_000)}\r\n`],
    ["GET /api/v1/regions", 200, "Cookie: =; ;; a=%zz; __proto__=1\r\n"],
    ["GET /api/auth/csrf", 200, "Cookie: authjs.csrf-token=%zz|%ff; =; ;;\r\n"],
  ];
  for (const [line, status, headers, body] of cases) {
    test(`${line}${headers ? ` with ${headers.slice(0, 40).trim()}` : ""} is answered ${status}`, async () => {
      const answer = await request(line, headers, body);
      expect(statusOf(answer)).toBe(status);
      expect(answer.text.toLowerCase()).toContain("x-content-type-options: nosniff");
      expect(answer.text.toLowerCase()).toContain("x-frame-options: deny");
      if (status >= 400 && line.includes("/api/")) expect(answer.text).toMatch(/application\/(problem\+)?json/);
    });
  }
});

test("a large body without credentials costs nobody anything, whether its length is said or not", async () => {
  const megabyte = "x".repeat(1_048_576);
  const chunk = `${megabyte.length.toString(16)}\r\n${megabyte}\r\n`;
  const bodies = [
    [`Content-Length: ${30 * megabyte.length}`, megabyte.repeat(30)],
    ["Transfer-Encoding: chunked", `${chunk.repeat(30)}0\r\n\r\n`],
  ];
  for (const [path, status] of [
    ["/api/inngest", 401],
    ["/api/v1/auth/token/refresh", 413],
    ["/api/trpc/identity.signOut", 401],
    ["/api/trpc/identity.challenge", 413],
  ] as const) {
    for (const [length, body] of bodies) {
      const answer = await send(`POST ${path} HTTP/1.1\r\nHost: localhost\r\n${json}${length}\r\n\r\n${body}`);
      expect([path, length, statusOf(answer)]).toEqual([path, length, status]);
      expect(answer.firstByteMs).toBeLessThan(5_000);
    }
  }
});

test("a body that drips is given up with its request, on every transport", async () => {
  test.setTimeout(120_000);
  const slow = (path: string) =>
    send(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${process.env.E2E_BASE_URL}\r\n${json}Content-Length: 100000\r\n\r\n{`,
      " ",
    );
  const [rest, trpc, auth, page] = await Promise.all(
    ["/api/v1/auth/token/refresh", "/api/trpc/identity.challenge", "/api/auth/signout", "/sign-in"].map(slow),
  );
  for (const answer of [rest, trpc, auth]) {
    expect(answer && statusOf(answer)).toBe(503);
    expect(answer?.text).toContain("http.deadline_exceeded");
    expect(answer?.openMs).toBeLessThan(40_000);
  }
  // A page takes no body, so nobody waits for one.
  expect(page && statusOf(page)).toBe(405);
  expect(page?.openMs).toBeLessThan(10_000);
});
