import { createServer } from "node:http";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/bare-checkout";
import { launcherModule } from "./launcher-module";

const { peerHost, lastingPeerHost } = await launcherModule<{
  peerHost(socket: string): Promise<string>;
  lastingPeerHost(wanted: string, before: string | undefined): string;
}>("start/peer-host");

/** Where the engine's own bridge stands, as the engine answers; undefined where it has none. */
let bridge: readonly { Subnet: string; Gateway?: string }[] | undefined;

it("the local chain's peers are met on loopback where there is no Docker, and else where containers come from", async () => {
  const socketPath = join(temporaryFolder(), "docker.sock");
  expect(await peerHost(socketPath)).toBe("127.0.0.1");

  const docker = createServer((request, response) => {
    if (request.url === "/_ping") response.end("OK");
    else if (bridge === undefined) response.writeHead(404).end(JSON.stringify({ message: "network bridge not found" }));
    else response.end(JSON.stringify({ Name: "bridge", IPAM: { Config: bridge } }));
  });
  await new Promise<void>((resolve) => docker.listen(socketPath, resolve));
  try {
    // An address that every Linux machine has, as it has a bridge's with no container on it.
    bridge = [
      { Subnet: "fd00::/80", Gateway: "fd00::1" },
      { Subnet: "127.8.0.0/16", Gateway: "127.8.0.1" },
    ];
    expect(await peerHost(socketPath)).toBe("127.8.0.1");
    // An engine in a virtual machine of its own has its bridge there (TEST-NET-1 is nobody's).
    bridge = [{ Subnet: "192.0.2.0/24", Gateway: "192.0.2.1" }];
    expect(await peerHost(socketPath)).toBe("0.0.0.0");
    bridge = [{ Subnet: "127.8.0.0/16" }];
    expect(await peerHost(socketPath)).toBe("0.0.0.0");
    bridge = undefined;
    expect(await peerHost(socketPath)).toBe("0.0.0.0");
  } finally {
    docker.closeAllConnections();
    await new Promise((resolve) => docker.close(resolve));
  }
});

it.each([
  ["stays where it was", "172.17.0.1", "172.17.0.1", "172.17.0.1"],
  ["is met by old nodes and by containers once Docker has come", "172.17.0.1", "127.0.0.1", "0.0.0.0"],
  ["was never told where, and Docker has come", "172.17.0.1", undefined, "0.0.0.0"],
  ["stays on every address", "172.17.0.1", "0.0.0.0", "0.0.0.0"],
  ["never had Docker", "127.0.0.1", undefined, "127.0.0.1"],
])("a chain that %s", (_, wanted, before, expected) => {
  expect(lastingPeerHost(wanted, before)).toBe(expected);
});
