/** A peer address as CometBFT writes it: `nodeid@host:port`, the id being 40 hex digits. */
export type PeerAddress = { readonly nodeId: string; readonly host: string; readonly port: number };

const PEER = /^([0-9a-f]{40})@(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/;

/** Reads `nodeid@host:port`; null when it is anything else, so that no other text ever reaches a config file. */
export function parsePeer(text: string): PeerAddress | null {
  const match = PEER.exec(text);
  const port = Number(match?.[3]);
  if (match?.[1] === undefined || match[2] === undefined || port < 1 || port > 65_535) return null;
  return { nodeId: match[1], host: match[2].replace(/^\[|\]$/g, ""), port };
}

/** The inverse of {@link parsePeer}; IPv6 hosts get their brackets back. */
export function formatPeer(peer: PeerAddress): string {
  const host = peer.host.includes(":") ? `[${peer.host}]` : peer.host;
  return `${peer.nodeId}@${host}:${peer.port}`;
}

function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "0.0.0.0" || host === "::" || /^127\./.test(host);
}

/** The host by which this machine meets a peer of its own that listens there. */
export const dialableHost = (listenHost: string): string => (listenHost === "0.0.0.0" ? "127.0.0.1" : listenHost);

/** RFC 1918, RFC 6598 and loopback hosts, and names without a dot: what can only be a peer on the same network. */
export function isPrivateHost(host: string): boolean {
  if (isLoopbackHost(host)) return true;
  if (/^10\.|^192\.168\.|^169\.254\./.test(host)) return true;
  if (/^172\.(1[6-9]|2\d|3[01])\./.test(host)) return true;
  if (/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(host)) return true;
  if (/^f[cd][0-9a-f]{2}:/i.test(host)) return true;
  return !host.includes(".") && !host.includes(":");
}

/** Puts `gatewayHost` in the place of loopback hosts: inside a container the host's own loopback is reached over the bridge gateway. */
export function replaceLoopbackHosts(peers: readonly string[], gatewayHost: string): string[] {
  return peers.map((text) => {
    const peer = parsePeer(text);
    if (peer === null || !isLoopbackHost(peer.host)) return text;
    return formatPeer({ ...peer, host: gatewayHost });
  });
}
