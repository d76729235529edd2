import { isIPv4, isIPv6 } from "node:net";

/**
 * IPv4 blocks that are not of the public internet: IANA's special-purpose registry (RFC 6890 and later), multicast, reserved, and the address at
 * which Azure answers its machines from outside any private block.
 */
const NOT_PUBLIC_IPV4: readonly (readonly [network: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Of 2000::/3, the only part of IPv6 that is given out, what is not a host's own address: Teredo and its kin, documentation, 6to4. */
const NOT_PUBLIC_IPV6: readonly (readonly [network: string, bits: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const ipv4Bits = (text: string): bigint =>
  text.split(".").reduce((bits, part) => (bits << 8n) | BigInt(Number.parseInt(part, 10)), 0n);

function ipv6Bits(text: string): bigint {
  // The last 32 bits may be written as IPv4.
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const low = dotted === null ? 0n : ipv4Bits(dotted[2] ?? "");
  const plain = dotted === null ? text : `${dotted[1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  const [head = "", tail] = plain.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), tail === undefined ? [] : groups(tail)];
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(missing).fill("0"), ...after].reduce(
    (bits, group) => (bits << 16n) | BigInt(Number.parseInt(group, 16)),
    0n,
  );
}

const isWithin = (bits: bigint, network: bigint, length: number, width: number): boolean =>
  bits >> BigInt(width - length) === network >> BigInt(width - length);

const isPublicIpv4 = (bits: bigint): boolean =>
  !NOT_PUBLIC_IPV4.some(([network, length]) => isWithin(bits, ipv4Bits(network), length, 32));

/** Whether a packet to that address leaves for the public internet; an IPv4 address inside an IPv6 one (mapped, NAT64) is judged itself. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return isPublicIpv4(ipv4Bits(address));
  if (!isIPv6(address) || address.includes("%")) return false;
  const bits = ipv6Bits(address);
  const isMapped = isWithin(bits, ipv6Bits("::ffff:0:0"), 96, 128);
  const isNat64 = isWithin(bits, ipv6Bits("64:ff9b::"), 96, 128);
  if (isMapped || isNat64) return isPublicIpv4(bits & 0xffffffffn);
  if (!isWithin(bits, ipv6Bits("2000::"), 3, 128)) return false;
  return !NOT_PUBLIC_IPV6.some(([network, length]) => isWithin(bits, ipv6Bits(network), length, 128));
}

/** Services that answer something else than HTTP, where a request of ours would be an instruction. */
const REFUSED_PORTS = new Set([
  1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665,
  6666, 6667, 6668, 6669, 6697, 10250, 10255, 11211, 27017,
]);

/** Whether a web server of somebody else may be asked at that port. */
export const isWebPort = (port: number): boolean =>
  port === 80 || port === 443 || (port >= 1024 && port <= 65_535 && !REFUSED_PORTS.has(port));
