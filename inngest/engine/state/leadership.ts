import { isDatabaseAbsent, leaderLock, openPool } from "./database";

/** The right to be the one active engine of a database, held by a session lock of a connection of its own. */
export type Leadership = {
  /** Takes the lock if it is free; false when another engine holds it or the database does not answer. */
  acquire(): Promise<boolean>;
  /** Whether the lock is still held: a connection that was lost has lost it. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
};

/** Prepares to ask for the lock; connects only when asked. */
export function createLeadership(databaseUrl: string): Leadership {
  // One connection that is never recycled: the lock lives exactly as long as its session.
  const sql = openPool(databaseUrl, 1, { idle_timeout: 0, max_lifetime: null });
  let holder: number | undefined;
  return {
    acquire: async () => {
      try {
        const [row] = await sql<{ taken: boolean; pid: number }[]>`
          select pg_try_advisory_lock(${leaderLock}) as taken, pg_backend_pid() as pid`;
        holder = row?.taken ? row.pid : undefined;
        return holder !== undefined;
      } catch (error) {
        if (isDatabaseAbsent(error)) return false;
        throw error;
      }
    },
    isHeld: async () => {
      try {
        const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
        return holder !== undefined && row?.pid === holder;
      } catch {
        return false;
      }
    },
    release: async () => {
      holder = undefined;
      await sql.end({ timeout: 1 });
    },
  };
}
