import http from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OutgoingMessage } from "@/server/ports/messenger";
import { createMessenger } from "./messenger";

const answers: Readonly<Record<string, (response: http.ServerResponse) => void>> = {
  "/long": (response) => response.end("x".repeat(200_000)),
  "/compressed": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("taken")),
  "/endless": (response) => response.writeHead(202).write("and so on"),
  "/refused": (response) => response.writeHead(410).end("x".repeat(200_000)),
};
let server: http.Server;
let base: string;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    request.resume().once("end", () => answers[request.url ?? ""]?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const message: OutgoingMessage = {
  id: "dlv_1",
  at: new Date("2026-01-01T00:00:00Z"),
  topic: "monitoring.alert",
  severity: "critical",
  phase: "firing",
  threadKey: "alr_1",
  title: "Node down",
  body: "It ended by itself.",
  links: [],
};
const messenger = createMessenger({ publicUrl: "https://cloud.example.org", mail: null, reach: "own" });
const send = (path: string) =>
  messenger.send({ kind: "webhook", url: `${base}${path}`, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }, message);

describe("a webhook's receiver", () => {
  it.each(["/long", "/compressed", "/endless"])(
    "has taken the message by its status, whatever it says besides: %s",
    async (path) => {
      await expect(send(path)).resolves.toContain("took it");
    },
  );

  it("has refused it by its status too", async () => {
    await expect(send("/refused")).rejects.toMatchObject({
      kind: "upstream_rejected",
      code: "notifications.receiver_refused",
      message: expect.stringContaining("HTTP 410"),
    });
  });
});
