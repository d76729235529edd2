import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createDockerApi } from "./docker-api";
import { toRuntimeError } from "./transform";

const ENDINGS: (() => void)[] = [];
afterEach(() => {
  for (const end of ENDINGS.splice(0)) end();
});

/** An engine that answers every call in this way. */
async function engineThat(answer: (response: ServerResponse) => void) {
  const dir = mkdtempSync(join(tmpdir(), "omniphi-engine-"));
  const socketPath = join(dir, "docker.sock");
  const server: Server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  ENDINGS.push(() => {
    server.closeAllConnections();
    server.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return createDockerApi(socketPath);
}

describe("an answer of the Engine", () => {
  it("that is cut off after its headers is an Engine that does not answer, not a call without end", async () => {
    const api = await engineThat((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.flushHeaders();
      setImmediate(() => response.destroy());
    });
    const cut = await api.waitForExit("c1", AbortSignal.timeout(60_000)).catch(toRuntimeError);
    expect(cut).toMatchObject({ kind: "upstream_unavailable", code: "runtime.unavailable" });
  });

  it("that is cut off in the middle of a refusal is one too", async () => {
    const api = await engineThat((response) => {
      response.writeHead(500, { "content-length": "100" });
      response.write("half");
      setImmediate(() => response.destroy());
    });
    const cut = await api.inspectContainer("c1").catch(toRuntimeError);
    expect(cut).toMatchObject({ kind: "upstream_unavailable", code: "runtime.unavailable" });
  });

  it("that comes in pieces is put together", async () => {
    const api = await engineThat((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"Status');
      setImmediate(() => response.end('Code":3}'));
    });
    expect(await api.waitForExit("c1", AbortSignal.timeout(60_000))).toBe(3);
  });

  it("that says no such thing is still told by its status", async () => {
    const api = await engineThat((response) => response.writeHead(404).end('{"message":"No such container"}'));
    expect(await api.inspectContainer("c1")).toBeNull();
  });
});
