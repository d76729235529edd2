import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { FIGURES, type Figure, type FigureName } from "@/server/domains/monitoring";
import { countOpenStreams } from "./stream-slots";

type Metrics = {
  readonly registry: Registry;
  readonly requests: Counter<"route" | "method" | "status">;
  readonly durations: Histogram<"route" | "method">;
  /** Set by `/metrics` from the database just before it answers. */
  readonly outboxOldestSeconds: Gauge;
  readonly outboxWaiting: Gauge;
  readonly heartbeatAgeSeconds: Gauge<"component">;
  /** What each process counted of itself, as its heartbeat says. */
  readonly processFigures: Gauge<"component" | "figure">;
  /** What is measured of validators, setups and networks, by series. */
  readonly figures: ReadonlyMap<FigureName, Gauge>;
};

// One registry per process: Next bundles routes apart, and a second registry would count its own half.
const METRICS_KEY = Symbol.for("omniphi.metrics");
const holder = globalThis as { [METRICS_KEY]?: Metrics };

function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "omniphi_" });
  const registers = [registry];
  new Gauge({
    name: "omniphi_http_open_streams",
    help: "Open server-sent event streams and downloads",
    registers,
    collect() {
      this.set(countOpenStreams());
    },
  });
  return {
    registry,
    requests: new Counter({
      name: "omniphi_http_requests_total",
      help: "Answered requests",
      labelNames: ["route", "method", "status"],
      registers,
    }),
    durations: new Histogram({
      name: "omniphi_http_request_duration_seconds",
      help: "Time to the answer's head",
      labelNames: ["route", "method"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    outboxOldestSeconds: new Gauge({
      name: "omniphi_outbox_oldest_seconds",
      help: "Age of the oldest event that the job engine has not got",
      registers,
    }),
    outboxWaiting: new Gauge({ name: "omniphi_outbox_waiting", help: "Events waiting to be sent", registers }),
    heartbeatAgeSeconds: new Gauge({
      name: "omniphi_heartbeat_age_seconds",
      help: "Time since the last sign of life of a process",
      labelNames: ["component"],
      registers,
    }),
    figures: new Map(
      (Object.keys(FIGURES) as FigureName[]).map((name) => {
        const { help, labels } = FIGURES[name];
        return [name, new Gauge({ name, help, labelNames: [...labels], registers })];
      }),
    ),
    processFigures: new Gauge({
      name: "omniphi_process_figure",
      help: "A figure that a process sent with its last sign of life; counts start anew with the process",
      labelNames: ["component", "figure"],
      registers,
    }),
  };
}

/** The process's metrics. */
export function getMetrics(): Metrics {
  holder[METRICS_KEY] ??= createMetrics();
  return holder[METRICS_KEY];
}

/** Puts what was just measured in the place of what was measured before: what is not known now is not told. */
export function showFigures(measured: readonly Figure[]): void {
  const { figures } = getMetrics();
  for (const gauge of figures.values()) gauge.reset();
  for (const { series, labels, value } of measured) figures.get(series)?.set({ ...labels }, value);
}

/** Counts one answered request; `route` is the template, never the path, so that ids make no series. */
export function countRequest(facts: { route: string; method: string; status: number; durationMs: number }): void {
  const { requests, durations } = getMetrics();
  requests.inc({ route: facts.route, method: facts.method, status: String(facts.status) });
  durations.observe({ route: facts.route, method: facts.method }, facts.durationMs / 1000);
}
