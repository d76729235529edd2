import { request } from "node:http";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Bridge, type BridgeSource, openBridge } from "./bridge";

const PORTAL = "https://cloud.example.org";
let codes: string[] = [];
let enrolled: string[] = [];
const source: BridgeSource = {
  version: "0.1.0",
  machineId: "machine-of-a-test",
  portalOrigin: PORTAL,
  consensusPubkey: async () => "LCmdZjGVcU6tT4c9cIhJ9tJp2k5pVq3yQf0m1vS8w7A=",
  status: async () => ({ running: false, error: "no node" }),
  logs: (lines) => Array.from({ length: lines }, (_, index) => `line ${index}`),
  isEnrolled: () => enrolled.includes("omnie_x"),
  enrol: async (token) => {
    enrolled.push(token);
  },
  showCode: (code) => {
    codes.push(code);
  },
};

let nowMs = 0;
const opened: Bridge[] = [];
const open = async (): Promise<Bridge> => {
  codes = [];
  enrolled = [];
  const bridge = await openBridge(source, 0, () => nowMs);
  opened.push(bridge);
  return bridge;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((bridge) => bridge.close()));
});

type Answer = { status: number; headers: Record<string, unknown>; body: Record<string, unknown> };
/** Asks as any program can, with whatever headers; `fetch` would not let a test lie about Host and Origin. */
const ask = (
  { port }: Bridge,
  method: string,
  path: string,
  { headers = {}, json, bytes }: { headers?: Record<string, string>; json?: unknown; bytes?: Buffer } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method, path, headers: { origin: PORTAL, ...headers } },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: text === "" ? {} : JSON.parse(text),
          }),
        );
      },
    );
    sent.once("error", reject);
    sent.end(bytes ?? (json === undefined ? undefined : JSON.stringify(json)));
  });

const paired = async (bridge: Bridge): Promise<{ authorization: string }> => {
  await ask(bridge, "GET", "/health");
  const answer = await ask(bridge, "POST", "/pair", { json: { code: codes.at(-1) } });
  return { authorization: `Bearer ${String(answer.body.token)}` };
};

describe("the bridge", () => {
  it("says to the console that it is there, and nothing more without a pairing", async () => {
    const bridge = await open();
    const health = await ask(bridge, "GET", "/health");
    expect([health.status, health.body]).toEqual([
      200,
      { success: true, service: "omniphi-validator", version: "0.1.0" },
    ]);
    for (const [method, path] of [
      ["GET", "/consensus-pubkey"],
      ["GET", "/status"],
      ["GET", "/logs"],
      ["POST", "/enrol"],
      ["POST", "/stop"],
      ["GET", "/anything"],
    ] as const) {
      expect((await ask(bridge, method, path)).status).toBe(401);
    }
  });

  it("answers no page of another site, and no name that was made to lead here", async () => {
    const bridge = await open();
    for (const origin of [
      "https://evil.example.org",
      "https://cloud.example.org.evil.org",
      "null",
      "http://cloud.example.org",
    ]) {
      const answer = await ask(bridge, "GET", "/health", { headers: { origin } });
      expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
    }
    for (const host of ["evil.example.org", `evil.example.org:${bridge.port}`, "127.0.0.1:1"]) {
      expect((await ask(bridge, "GET", "/health", { headers: { host } })).status).toBe(403);
    }
  });

  it("lets the console's page through the browser's preflight, private networks included", async () => {
    const bridge = await open();
    const asked = { "access-control-request-private-network": "true", "access-control-request-method": "POST" };
    const answer = await ask(bridge, "OPTIONS", "/pair", { headers: asked });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([204, PORTAL]);
    expect(answer.headers["access-control-allow-private-network"]).toBe("true");
    const other = await ask(bridge, "OPTIONS", "/pair", { headers: { ...asked, origin: "https://evil.example.org" } });
    expect(other.status).toBe(403);
  });

  it("gives a token for the digits that it shows, once, and new digits after five wrong ones, with a pause that grows", async () => {
    const bridge = await open();
    await ask(bridge, "GET", "/health");
    const [first = ""] = codes;
    const wrong = first === "000000" ? "000001" : "000000";
    for (const pauseSeconds of [1, 2, 4, 8, 16]) {
      expect((await ask(bridge, "POST", "/pair", { json: { code: wrong } })).status).toBe(403);
      // Meanwhile the right one is not looked at either, or a guess would learn from the answer.
      const early = await ask(bridge, "POST", "/pair", { json: { code: codes.at(-1) } });
      expect([early.status, early.headers["retry-after"]]).toEqual([429, String(pauseSeconds)]);
      nowMs += pauseSeconds * 1_000;
    }
    expect(codes).toHaveLength(2);
    if (codes[1] !== first) {
      expect((await ask(bridge, "POST", "/pair", { json: { code: first } })).status).toBe(403);
      nowMs += 32_000;
    }
    const right = await ask(bridge, "POST", "/pair", { json: { code: codes.at(-1) } });
    expect(right.body).toMatchObject({ success: true, machineId: "machine-of-a-test" });
    expect((await ask(bridge, "POST", "/pair", { json: { code: codes[1] } })).status).toBe(403);
  });

  it("tells a paired page key, status and a thousand lines at most, takes its token as it is or not at all, and starts nothing", async () => {
    const bridge = await open();
    const headers = await paired(bridge);
    const key = await ask(bridge, "GET", "/consensus-pubkey", { headers });
    expect(key.body).toMatchObject({
      success: true,
      pubkey: { "@type": "/cosmos.crypto.ed25519.PubKey", key: "LCmdZjGVcU6tT4c9cIhJ9tJp2k5pVq3yQf0m1vS8w7A=" },
    });
    expect((await ask(bridge, "GET", "/status", { headers })).body).toMatchObject({ status: { running: false } });
    expect((await ask(bridge, "GET", "/logs?lines=99999", { headers })).body.logs).toHaveLength(1_000);
    expect((await ask(bridge, "GET", "/logs?lines=-1", { headers })).body.logs).toHaveLength(100);
    const noText = Buffer.from('{"token":"omnie_\xff"}', "latin1");
    expect((await ask(bridge, "POST", "/enrol", { headers, bytes: noText })).status).toBe(400);
    expect(enrolled).toEqual([]);
    expect((await ask(bridge, "POST", "/enrol", { headers, json: { token: "omnie_x" } })).status).toBe(200);
    expect(enrolled).toEqual(["omnie_x"]);
    // One machine is enrolled once: a page that was let in later cannot take it elsewhere.
    const second = await ask(bridge, "POST", "/enrol", { headers, json: { token: "omnie_y" } });
    expect([second.status, String(second.body.error).includes("--replace")]).toEqual([409, true]);
    expect(enrolled).toEqual(["omnie_x"]);
    expect((await ask(bridge, "POST", "/enrol", { headers, json: { token: "x".repeat(10_000) } })).status).toBe(400);
    expect((await ask(bridge, "POST", "/start", { headers })).status).toBe(501);
  });

  it("takes the next port when the first is taken", async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
    const taken = (blocker.address() as { port: number }).port;
    const bridge = await openBridge(source, taken);
    opened.push(bridge);
    expect(bridge.port).toBeGreaterThan(taken);
    blocker.close();
  });
});
