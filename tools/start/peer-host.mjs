import { networkInterfaces } from "node:os";
import { isDockerThere } from "./docker.mjs";

/** The bridge that a Docker Engine of this machine makes for itself. */
const DOCKER_BRIDGE = "docker0";

/**
 * Where the local chain listens for peers: on loopback, or with Docker on the address of its bridge, which this machine and its containers reach and
 * nobody else. Where Docker has no such bridge, containers reach this machine at an address that is not known yet, so it is all of them.
 */
export async function peerHost(dockerSocketPath, interfaces = networkInterfaces()) {
  if (!(await isDockerThere(dockerSocketPath))) return "127.0.0.1";
  const bridge = interfaces[DOCKER_BRIDGE]?.find(({ family }) => family === "IPv4");
  return bridge?.address ?? "0.0.0.0";
}
