import { holdConnection } from "@/server/kernel/held-connection";

/** A lock among all processes of one database; `lost` aborts when it may be somebody else's by now. */
export type AdvisoryLock = { readonly lost: AbortSignal; release(): Promise<void> };

/**
 * Takes the named advisory lock on a connection of its own, or returns undefined while another process has it. The lock lives exactly as long
 * as the connection: a killed process frees it at once.
 */
export async function takeAdvisoryLock(
  databaseUrl: string,
  { name, applicationName }: { readonly name: string; readonly applicationName: string },
): Promise<AdvisoryLock | undefined> {
  const { sql, lost, close } = holdConnection(databaseUrl, { applicationName });
  try {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as taken`;
    if (row?.taken === true) return { lost, release: close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
  await close();
  return undefined;
}
