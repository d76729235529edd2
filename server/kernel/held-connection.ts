import postgres from "postgres";

/** One connection that is never taken up again in silence; `lost` aborts when its session may be gone. */
export type HeldConnection = { readonly sql: postgres.Sql; readonly lost: AbortSignal; close(): Promise<void> };

/** A connection that does not answer for this long is given up. */
const PROBE_EVERY_MS = 5_000;
const PROBE_TIMEOUT_MS = 5_000;

/** Prepares a connection for what lives exactly as long as its session: a lock, or listening. Its first statement connects. */
export function holdConnection(
  databaseUrl: string,
  how: {
    readonly applicationName: string;
    readonly onNotification?: (channel: string, payload: string) => void;
  },
): HeldConnection {
  const lost = new AbortController();
  const sql = postgres(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    // A silent reconnect would be another session.
    max_lifetime: null,
    connect_timeout: 5,
    connection: { application_name: how.applicationName },
    onnotice: () => {},
    onclose: () => lost.abort(),
    ...(how.onNotification ? notifying(how.onNotification) : {}),
  });
  const probe = setInterval(() => {
    const tooLate = setTimeout(() => lost.abort(), PROBE_TIMEOUT_MS);
    sql`select 1`.catch(() => lost.abort()).finally(() => clearTimeout(tooLate));
  }, PROBE_EVERY_MS);
  probe.unref();
  const stopProbing = () => clearInterval(probe);
  lost.signal.addEventListener("abort", stopProbing);
  return {
    sql,
    lost: lost.signal,
    close: async () => {
      lost.abort();
      await sql.end({ timeout: 1 }).catch(() => {});
    },
  };
}

/** The driver's `onnotify` option, which its types do not name; `sql.listen` would open a connection whose end nobody is told (postgres 3.4.9). */
const notifying = (onnotify: (channel: string, payload: string) => void): object => ({ onnotify });
