import { isDockerThere } from "./docker.mjs";
import { callDocker } from "./docker-engine.mjs";
import { canListen } from "./ports.mjs";

/** The network that a Docker Engine makes for itself (Engine API 1.41). */
const DOCKER_BRIDGE = "bridge";
const LOOPBACK = "127.0.0.1";
const EVERYWHERE = "0.0.0.0";

/**
 * Where the local chain listens for peers: on loopback, or with Docker on the address of its bridge, which this machine and its containers reach and
 * nobody else. Docker itself is asked for it: the system's list of interfaces leaves a bridge out that has no container yet. Where the engine has
 * no such bridge, or keeps it elsewhere, containers reach this machine at an address that is not known yet, so it is all of them.
 */
export async function peerHost(dockerSocketPath) {
  if (!(await isDockerThere(dockerSocketPath))) return LOOPBACK;
  const bridge = await callDocker(dockerSocketPath, "GET", `/networks/${DOCKER_BRIDGE}`).catch(() => undefined);
  const gateways = (bridge?.IPAM?.Config ?? []).map(({ Gateway }) => Gateway);
  const gateway = gateways.find((address) => /^[0-9]+(\.[0-9]+){3}$/.test(address ?? ""));
  return gateway !== undefined && (await canListen(gateway)) ? gateway : EVERYWHERE;
}

/**
 * The same for a chain that has been there: its nodes keep the address that they were made with. One that moves, since Docker came or went
 * meanwhile, is met on every address from then on. `before` is undefined for a chain that was not told where.
 */
export const lastingPeerHost = (wanted, before = LOOPBACK) => (before === wanted ? wanted : EVERYWHERE);
