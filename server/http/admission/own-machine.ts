import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { PEER_HEADER } from "../peer-address";

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*/, "");

function isOwnAddress(address: string): boolean {
  if (address === "::1" || (isIPv4(address) && address.startsWith("127."))) return true;
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some((own) => own.address === address));
}

/**
 * Whether a request comes from a process of this machine: its peer and every hop that a proxy wrote down are addresses of ours. Behind a proxy on
 * the same machine the peer alone would say so of everybody.
 */
export function isFromOwnMachine(headers: Headers): boolean {
  const peer = headers.get(PEER_HEADER);
  if (peer === null) return false;
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  return [...forwarded.filter((hop) => hop !== ""), peer].every((hop) => isOwnAddress(plain(hop)));
}
