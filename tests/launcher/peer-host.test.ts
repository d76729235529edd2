import { createServer } from "node:http";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/bare-checkout";
import { launcherModule } from "./launcher-module";

type Interfaces = Readonly<Record<string, readonly { family: string; address: string }[]>>;
const { peerHost } = await launcherModule<{ peerHost(socket: string, interfaces?: Interfaces): Promise<string> }>(
  "start/peer-host",
);

const withBridge: Interfaces = {
  lo: [{ family: "IPv4", address: "127.0.0.1" }],
  docker0: [
    { family: "IPv6", address: "fe80::1" },
    { family: "IPv4", address: "172.17.0.1" },
  ],
};

it("the local chain's peers are met on loopback where there is no Docker, and else where containers come from", async () => {
  const socketPath = join(temporaryFolder(), "docker.sock");
  expect(await peerHost(socketPath, withBridge)).toBe("127.0.0.1");

  const docker = createServer((_request, response) => response.end("OK"));
  await new Promise<void>((resolve) => docker.listen(socketPath, resolve));
  expect(await peerHost(socketPath, withBridge)).toBe("172.17.0.1");
  // Its containers' way here is not known before there is one.
  expect(await peerHost(socketPath, { lo: withBridge.lo ?? [] })).toBe("0.0.0.0");
  docker.closeAllConnections();
  await new Promise((resolve) => docker.close(resolve));
});
