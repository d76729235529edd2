import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowedUrl, type GuardedRequest, guardedFetch, guardedStatus, lookupWithin } from "./guarded-fetch";

let server: http.Server;
let base: string;
let asked = 0;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked += 1;
    if (request.url === "/away") return response.writeHead(302, { location: "http://example.com/" }).end();
    if (request.url === "/large") return response.end("x".repeat(5_000));
    if (request.url === "/encoded") return response.writeHead(200, { "content-encoding": "gzip" }).end("x");
    if (request.url === "/drip") return response.write("x");
    return response.end(JSON.stringify({ host: request.headers.host }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const options = (change: Partial<GuardedRequest> = {}): GuardedRequest => ({
  reach: "own",
  signal: AbortSignal.timeout(2_000),
  maxBodyBytes: 1_000,
  ...change,
});

describe("an answer of which only the status counts", () => {
  it.each(["/large", "/encoded", "/drip"])("is that status, whatever follows it: %s", async (path) => {
    expect((await guardedStatus(`${base}${path}`, { reach: "own", signal: AbortSignal.timeout(2_000) })).status).toBe(
      200,
    );
  });

  it("leads nowhere else", async () => {
    const away = guardedStatus(`${base}/away`, { reach: "own", signal: AbortSignal.timeout(2_000) });
    await expect(away).rejects.toMatchObject({ reason: "redirected" });
  });
});

describe("an address that a person gave", () => {
  it.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://[64:ff9b::7f00:1]/",
    "http://１２７.0.0.1/",
    "http://10.0.0.1:26657/",
    "https://192.168.0.1/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:6379/",
    "ftp://8.8.8.8/",
    "file:///etc/passwd",
    "gopher://8.8.8.8/",
    "http://user:pass@8.8.8.8/",
    "//8.8.8.8",
    "",
  ])("is not asked when it is %s", (address) => {
    expect(() => allowedUrl(address, "public")).toThrow(expect.objectContaining({ reason: "refused" }));
  });

  it.each(["http://8.8.8.8:26657/status", "https://rpc.example.com", "http://[2606:4700::1111]:1317/"])(
    "may be asked when it is %s",
    (address) => {
      expect(allowedUrl(address, "public").href).toContain("://");
    },
  );

  it("is not connected to when its name leads inside, which is found in the one look that the connection uses", async () => {
    const before = asked;
    const { port } = new URL(base);
    await expect(guardedFetch(`http://localhost:${port}/`, options({ reach: "public" }))).rejects.toMatchObject({
      reason: "refused",
    });
    await expect(guardedFetch(`${base}/`, options({ reach: "public" }))).rejects.toMatchObject({ reason: "refused" });
    expect(asked).toBe(before);
    await new Promise<void>((resolve) => {
      lookupWithin("public")?.("localhost", { all: true }, (error) => {
        expect(error).toMatchObject({ reason: "refused" });
        resolve();
      });
    });
  });

  it("is asked wherever it leads when it is our own", async () => {
    const answer = await guardedFetch(`${base}/`, options());
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([200, { host: new URL(base).host }]);
    const again = await guardedFetch(`${base}/`, options({ method: "POST", body: "{}" }));
    expect(again.status).toBe(200);
  });
});

describe("an answer", () => {
  it.each([
    ["leads on", "/away", "redirected"],
    ["is too large", "/large", "too_large"],
    ["is encoded", "/encoded", "encoded"],
  ])("that %s is none", async (_, path, reason) => {
    await expect(guardedFetch(`${base}${path}`, options())).rejects.toMatchObject({ reason });
  });

  it("that never ends is given up in time", async () => {
    const signal = AbortSignal.timeout(200);
    await expect(guardedFetch(`${base}/drip`, options({ signal }))).rejects.toMatchObject({ name: "TimeoutError" });
  });
});
