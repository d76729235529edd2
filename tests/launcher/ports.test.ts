import { readFileSync, writeFileSync } from "node:fs";
import { Server } from "node:net";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../support/bare-checkout";
import { freePort } from "../support/free-port";
import { launcherModule } from "./launcher-module";
import { holdPort } from "./running-start";

type KeptPorts = { choose(name: string): Promise<number> };

const { keptPorts } = await launcherModule<{ keptPorts(dataDir: string, options?: { webPort: number }): KeptPorts }>(
  "start/ports",
);
type Handle = { facts: Record<string, unknown>; waitReady(): Promise<void>; stop(): Promise<void> };
const { firstPorts, portsInsteadOf, startUntilReady } = await launcherModule<{
  startUntilReady(options: { start(): Promise<Handle>; onStarted(handle: Handle): void }): Promise<Handle>;
  firstPorts(usual: Record<string, number>, webPort: number): Promise<Record<string, number>>;
  portsInsteadOf(webPort: number, facts: Record<string, number>): Promise<Record<string, number>>;
}>("start/localnet-node");

/** A data directory that keeps this port for the engine. */
function dataDirWith(port: number) {
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, "ports.json"), JSON.stringify({ engine: port }));
  return dataDir;
}

const kept = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, "ports.json"), "utf8"));

describe("a kept port", () => {
  it("stays while it is free and is exchanged for good when it is taken", async () => {
    const port = await freePort();
    const dataDir = dataDirWith(port);
    expect(await keptPorts(dataDir).choose("engine")).toBe(port);
    const held = await holdPort();
    const taken = dataDirWith(held.port);
    const chosen = await keptPorts(taken).choose("engine");
    await held.release();
    expect(chosen).not.toBe(held.port);
    expect(await keptPorts(taken).choose("engine")).toBe(chosen);
  });

  it("is exchanged when the web process is to have it, which has not taken it yet", async () => {
    const webPort = await freePort();
    const dataDir = dataDirWith(webPort);
    const chosen = await keptPorts(dataDir, { webPort }).choose("engine");
    expect(chosen).not.toBe(webPort);
    expect(kept(dataDir)).toEqual({ engine: chosen });
  });

  it("is not drawn from the system when it is the one that the web process is to have", async () => {
    const address = vi.spyOn(Server.prototype, "address");
    const [webPort, other] = [await freePort(), await freePort()];
    const drawn = [webPort, webPort, other].map((port) => ({ port, family: "IPv4", address: "127.0.0.1" }));
    for (const answer of drawn) address.mockReturnValueOnce(answer);
    const chosen = await keptPorts(temporaryFolder(), { webPort }).choose("engine");
    address.mockRestore();
    expect(chosen).toBe(other);
  });
});

describe("the first ports of the local chain", () => {
  it("are the usual ones, but for one that somebody has and the one that the web process is to have", async () => {
    const [rpc, rest, webPort] = [await freePort(), await freePort(), await freePort()];
    const held = await holdPort();
    const first = await firstPorts({ p2p: webPort, rpc, rest, grpc: held.port }, webPort);
    await held.release();
    expect(first).toMatchObject({ rpc, rest });
    expect(first.p2p).not.toBe(webPort);
    expect(first.grpc).not.toBe(held.port);
  });

  it("are kept from start to start, but for one that the web process is to have now", async () => {
    const webPort = await freePort();
    const facts = { p2pPort: 1, rpcPort: 2, restPort: 3, grpcPort: webPort };
    const { grpc, ...others } = await portsInsteadOf(webPort, facts);
    expect(others).toEqual({});
    expect(grpc).not.toBe(webPort);
    expect(grpc).toBeGreaterThan(0);
    expect(await portsInsteadOf(webPort, { ...facts, grpcPort: 4 })).toEqual({});
  });
});

describe("a port of the local chain that another installation took between the look and the listening", () => {
  /** A node whose RPC port is that one; it makes blocks unless it `ends`. */
  const node = (rpcPort: number, ends: boolean) => {
    const stops: true[] = [];
    const handle: Handle = {
      facts: { p2pHost: "127.0.0.1", p2pPort: 0, rpcPort, restPort: 0, grpcPort: 0 },
      waitReady: async () => {
        if (ends) throw Object.assign(new Error("ended before it was ready"), { code: "exited" });
      },
      stop: async () => void stops.push(true),
    };
    return { handle, stops };
  };

  it("is exchanged by another start; the node that lost it is stopped first", async () => {
    const held = await holdPort();
    const [lost, other] = [node(held.port, true), node(await freePort(), false)];
    const starts = [lost.handle, other.handle];
    const begun: Handle[] = [];
    const up = await startUntilReady({
      start: async () => starts.shift() as Handle,
      onStarted: (handle) => void begun.push(handle),
    });
    await held.release();
    expect(up).toBe(other.handle);
    expect(begun).toEqual([lost.handle, other.handle]);
    expect(lost.stops).toHaveLength(1);
  });

  it("is not thought of where nobody else listens: the node's own words are told", async () => {
    const broken = node(await freePort(), true);
    const up = startUntilReady({ start: async () => broken.handle, onStarted: () => {} });
    await expect(up).rejects.toThrow("ended before it was ready");
  });
});
