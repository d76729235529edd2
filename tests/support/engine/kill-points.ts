import type { Sql } from "postgres";

/**
 * Kills the victim at a point, once, however often the point is passed. False while the victim of an earlier point is not there again: each
 * point is to have a death of its own, so its caller waits and asks again.
 */
export async function takePoint(sql: Sql, point: string): Promise<boolean> {
  const pid = await sql.begin(async (tx) => {
    const taken = await tx`select 1 from kills where point = ${point}`;
    if (taken.length > 0) return "taken";
    const [victim] = await tx<{ pid: number }[]>`delete from victim returning pid`;
    if (victim === undefined) return undefined;
    await tx`insert into kills (point) values (${point})`;
    return victim.pid;
  });
  if (typeof pid === "number") process.kill(pid, "SIGKILL");
  return pid !== undefined;
}
