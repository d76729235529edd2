import postgres from "postgres";

/** A lock among all processes of one database; `lost` aborts when it may be somebody else's by now. */
export type AdvisoryLock = { readonly lost: AbortSignal; release(): Promise<void> };

/** A connection that does not answer for this long is given up, and the lock with it. */
const PROBE_EVERY_MS = 5_000;
const PROBE_TIMEOUT_MS = 5_000;

/**
 * Takes the named advisory lock on a connection of its own, or returns undefined while another process has it. The lock lives exactly as long
 * as the connection: a killed process frees it at once.
 */
export async function takeAdvisoryLock(
  databaseUrl: string,
  { name, applicationName }: { readonly name: string; readonly applicationName: string },
): Promise<AdvisoryLock | undefined> {
  const lost = new AbortController();
  const sql = postgres(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    // A silent reconnect would be a session without the lock.
    max_lifetime: null,
    connect_timeout: 5,
    connection: { application_name: applicationName },
    onnotice: () => {},
    onclose: () => lost.abort(),
  });
  let probe: NodeJS.Timeout | undefined;
  const end = async () => {
    clearInterval(probe);
    lost.abort();
    await sql.end({ timeout: 1 }).catch(() => {});
  };
  try {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as taken`;
    if (row?.taken !== true) {
      await end();
      return undefined;
    }
  } catch (thrown) {
    await end();
    throw thrown;
  }
  probe = setInterval(() => {
    const tooLate = setTimeout(() => lost.abort(), PROBE_TIMEOUT_MS);
    sql`select 1`.then(
      () => clearTimeout(tooLate),
      () => lost.abort(),
    );
  }, PROBE_EVERY_MS);
  probe.unref();
  return { lost: lost.signal, release: end };
}
