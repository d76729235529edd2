import { request } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { openEngineBench } from "../../support/engine/bench";
import { testEventKey } from "../../support/engine/test-app";

const bench = await openEngineBench("odd-addresses");
afterAll(() => bench.close());

/** Sends the address as it is written: `fetch` would mend it first. */
function send(method: string, address: string): Promise<{ status: number | undefined; text: string }> {
  const { hostname, port } = new URL(bench.engineUrl);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path: address }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => resolve({ status: response.statusCode, text }));
    });
    asked.once("error", reject).end();
  });
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const UNREADABLE = [
  "/%zz",
  "/%",
  "/%e0%a4%a",
  "/%ff",
  "/v1/events/%c0%80/runs",
  `/e/${testEventKey}/%zz`,
  "/fn/%zz/register",
  "//",
  "http://[",
];

describe("an address that the engine cannot read", () => {
  it.each(METHODS.flatMap((method) => UNREADABLE.map((address) => [method, address] as const)))(
    "is its sender's fault: %s %s",
    async (method, address) => {
      const { status, text } = await send(method, address);
      expect(status).toBe(400);
      // An answer to HEAD has no body.
      if (method !== "HEAD") expect(JSON.parse(text)).toEqual({ error: "the address cannot be read", status: 400 });
    },
  );
});

describe("an address that is odd and can be read", () => {
  it.each([
    ["GET", "/%2e%2e/%2e%2e/etc/passwd"],
    ["GET", "/%00"],
    ["GET", "/?a=%zz"],
    ["OPTIONS", "*"],
    ["DELETE", "/v0/runs/%2F/actions"],
    ["GET", `/${"a".repeat(8_000)}`],
  ])("leads to nobody without the signing key: %s %s", async (method, address) => {
    expect((await send(method, address)).status).toBe(401);
  });

  it("leaves the engine at work", async () => {
    expect((await send("GET", "/health")).status).toBe(200);
  });
});
