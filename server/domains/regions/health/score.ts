import { HEALTH_WINDOW_SECONDS } from "../constants";

/** One server as its region's health sees it: its state, and its heartbeats within the window. */
export type ServerWindow = {
  readonly status: "active" | "degraded" | "offline";
  readonly enrolledAt: Date;
  readonly beats: readonly {
    readonly cpuPercent: number | null;
    readonly memoryPercent: number | null;
    readonly diskPercent: number | null;
    readonly roundTripMs: number | null;
    readonly nodeCount: number | null;
  }[];
};

/** What a region's servers told together; null is "not measured", never zero. */
export type RegionReading = {
  readonly totalServers: number;
  readonly healthyServers: number;
  readonly warningServers: number;
  readonly errorServers: number;
  readonly successPercent: number | null;
  readonly latencyMs: number | null;
  readonly healthyPercent: number | null;
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  readonly diskPercent: number | null;
  readonly nodeCount: number | null;
};

type Measured = Pick<RegionReading, "successPercent" | "latencyMs" | "healthyPercent">;

/** Weights of a score; that of the peer-to-peer network stands beside them and counts once servers measure it. */
const WEIGHTS = { success: 0.3, latency: 0.2, healthy: 0.3 } as const;
/** Bounds of "healthy". */
const HEALTHY = { minSuccessPercent: 95, maxLatencyMs: 500, minHealthyPercent: 90 } as const;

const known = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null);
const mean = (values: readonly (number | null)[]): number | null => {
  const told = known(values);
  return told.length === 0 ? null : told.reduce((sum, value) => sum + value, 0) / told.length;
};
const median = (values: readonly (number | null)[]): number | null => {
  const sorted = [...known(values)].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[middle - 1], sorted[middle]];
  if (above === undefined) return null;
  return sorted.length % 2 === 1 || below === undefined ? above : (below + above) / 2;
};

/**
 * What the heartbeats of the window say of a region; null where none came, which says nothing, neither good nor bad. Success is the share of the
 * heartbeats that were due: one every `everySeconds` since the server enrolled or the window began. Latency is the median of the round trips that
 * the agents measured. A server's figures are averaged over its own heartbeats first, so that a talkative one weighs no more.
 */
export function readRegion(
  servers: readonly ServerWindow[],
  clock: { readonly now: Date; readonly everySeconds: number },
): RegionReading | null {
  if (servers.every(({ beats }) => beats.length === 0)) return null;
  const dueOf = ({ enrolledAt }: ServerWindow): number => {
    const seconds = Math.min(HEALTH_WINDOW_SECONDS, (clock.now.getTime() - enrolledAt.getTime()) / 1_000);
    return Math.max(1, Math.floor(seconds / clock.everySeconds));
  };
  const due = servers.reduce((sum, server) => sum + dueOf(server), 0);
  const came = servers.reduce((sum, server) => sum + Math.min(dueOf(server), server.beats.length), 0);
  const countOf = (status: ServerWindow["status"]) => servers.filter((server) => server.status === status).length;
  const ofServers = (name: "cpuPercent" | "memoryPercent" | "diskPercent") =>
    mean(servers.map(({ beats }) => mean(beats.map((beat) => beat[name]))));
  const counts = known(servers.map(({ beats }) => beats.at(-1)?.nodeCount ?? null));
  return {
    totalServers: servers.length,
    healthyServers: countOf("active"),
    warningServers: countOf("degraded"),
    errorServers: countOf("offline"),
    successPercent: (100 * came) / due,
    latencyMs: median(servers.flatMap(({ beats }) => beats.map(({ roundTripMs }) => roundTripMs))),
    healthyPercent: (100 * countOf("active")) / servers.length,
    cpuPercent: ofServers("cpuPercent"),
    memoryPercent: ofServers("memoryPercent"),
    diskPercent: ofServers("diskPercent"),
    nodeCount: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
  };
}

/**
 * A region's score, 0 to 100: 0.3 of success, 0.2 of `max(0, 100 - latency in ms / 10)`, 0.3 of the share of healthy servers, and 0.2 of the
 * reachability of the peer-to-peer network, which no server measures yet. What was not measured counts neither way: the weights of the rest are
 * scaled to one. Null where nothing was.
 */
export function healthScore({ successPercent, latencyMs, healthyPercent }: Measured): number | null {
  const parts = [
    { weight: WEIGHTS.success, value: successPercent },
    { weight: WEIGHTS.latency, value: latencyMs === null ? null : Math.max(0, 100 - latencyMs / 10) },
    { weight: WEIGHTS.healthy, value: healthyPercent },
  ].flatMap(({ weight, value }) => (value === null ? [] : [{ weight, value }]));
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0 ? null : parts.reduce((sum, { weight, value }) => sum + weight * value, 0) / weights;
}

/** Whether the region is healthy: at least 95 % of heartbeats, at most 500 ms, at least 90 % of servers; null while one of them is not known and none is bad. */
export function isRegionHealthy({ successPercent, latencyMs, healthyPercent }: Measured): boolean | null {
  const verdicts = [
    successPercent === null ? null : successPercent >= HEALTHY.minSuccessPercent,
    latencyMs === null ? null : latencyMs <= HEALTHY.maxLatencyMs,
    healthyPercent === null ? null : healthyPercent >= HEALTHY.minHealthyPercent,
  ];
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : true;
}
