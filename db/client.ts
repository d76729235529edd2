import { connect } from "node:net";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { createSocketWatch } from "./watched-socket";

/** How much longer than the server's own limit on a statement we wait for its answer. */
const SILENCE_GRACE_MS = 1_500;

/** For processes that people wait for: nothing that they ask takes longer, and a connection that went dead is noticed within ten seconds. */
export const QUICK_STATEMENT_TIMEOUT_MS = 6_000;

/** Opens a pool on the URL; every process makes exactly one. Timestamps are UTC whatever the server's zone is. */
export function createDatabase(options: {
  url: string;
  maxConnections?: number;
  applicationName?: string;
  /** Longest that one statement may run, waiting for locks included; 30 s when not said. */
  statementTimeoutMs?: number;
  onNotice?: (text: string) => void;
}) {
  const statementTimeoutMs = options.statementTimeoutMs ?? 30_000;
  const client = postgres(options.url, {
    max: options.maxConnections ?? 10,
    idle_timeout: 30,
    connect_timeout: 5,
    // Seconds. The driver's own goes up to twenty, which would outlast the outage.
    backoff: (tries: number) => Math.min(0.1 * tries, 1),
    connection: {
      application_name: options.applicationName ?? "omniphi",
      TimeZone: "UTC",
      statement_timeout: statementTimeoutMs,
    },
    ...watching(statementTimeoutMs + SILENCE_GRACE_MS),
    onnotice: (notice) => options.onNotice?.(String(notice.message ?? "")),
  });
  return { db: drizzle(client, { casing: "snake_case" }), client, close: () => client.end({ timeout: 5 }) };
}

type ParsedOptions = {
  readonly path?: string | false;
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly ssl?: unknown;
};

/**
 * The driver's `socket` option, which its types do not name: it is called for every new connection with the parsed options. The socket need not be
 * connected yet, since what is written to it before is kept. Under TLS the bytes tell nothing, so there only the system's time-outs watch.
 */
function watching(silenceMs: number): object {
  const connectWatched = createSocketWatch(silenceMs);
  return {
    socket: (parsed: ParsedOptions) => {
      const target = parsed.path
        ? { path: parsed.path }
        : { host: parsed.host[0] ?? "localhost", port: parsed.port[0] ?? 5432 };
      return parsed.ssl ? connect(target) : connectWatched(target);
    },
  };
}

export type Database = ReturnType<typeof createDatabase>["db"];
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Either of them: what a repository function takes first. */
export type Executor = Database | Transaction;
