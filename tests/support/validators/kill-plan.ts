import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { StepPoint } from "@/server/runtime/step-probe";

/** Who dies. */
export const VICTIMS = ["web", "engine", "watcher"] as const;
export type Victim = (typeof VICTIMS)[number];

/** Both sides of each step: a process that dies before it must do it, one that dies after must not do it twice. */
export const pointsOf = (functionId: string, stepIds: readonly string[]): StepPoint[] =>
  stepIds.flatMap((stepId) => (["before", "after"] as const).map((phase) => ({ functionId, stepId, phase })));

/** Both sides of each step of declared work. */
export const pointsOfWork = (work: { readonly id: string; readonly words: readonly { readonly id: string }[] }) =>
  pointsOf(
    work.id,
    work.words.map(({ id }) => id),
  );

export const nameOfPoint = (point: StepPoint) => `${point.functionId} ${point.phase} ${point.stepId}`;

type Held = { readonly name: string; readonly pid: number; readonly release: () => void };

/**
 * Where steps of the web process wait to be killed. Each point of the plan holds the first step that comes to it; when as many are held as work
 * can be under way (or as points are left), the victim dies once with all of them standing at their different points.
 */
export type KillPlan = {
  readonly url: string;
  /** Resolves once every point has been died at. `width`: pieces of work that run at the same time; `kill` answers the pid that died, 0 when none of the web's did. */
  run(points: readonly StepPoint[], width: number, kill: () => Promise<number>): Promise<void>;
  /** Points that are still to be died at, for the message of a test that waits in vain. */
  left(): readonly string[];
  kills(): number;
  close(): Promise<void>;
};

/** Starts the plan's side of the conversation with the step probe. */
export async function createKillPlan(): Promise<KillPlan> {
  let open = new Set<string>();
  let held: Held[] = [];
  let width = 0;
  let kills = 0;
  let isStriking = false;
  let kill: () => Promise<number> = async () => 0;
  let finish: () => void = () => {};
  let fail: (error: unknown) => void = () => {};

  const strike = async (): Promise<void> => {
    while (open.size > 0 && held.length >= Math.min(width, open.size)) {
      const victims = held;
      held = [];
      for (const { name } of victims) open.delete(name);
      kills += 1;
      const deadPid = await kill();
      // Steps of a web process that lives on (another one died) go on now; without an engine they have nobody to report to.
      for (const { release } of victims) release();
      held = held.filter(({ pid }) => pid !== deadPid);
    }
    if (open.size === 0) finish();
  };

  const arrive = (point: StepPoint & { pid: number }, response: ServerResponse): void => {
    const name = nameOfPoint(point);
    const release = () => void response.writeHead(200).end();
    if (!open.has(name) || held.some((other) => other.name === name)) {
      release();
      return;
    }
    held.push({ name, pid: point.pid, release });
    if (isStriking) return;
    isStriking = true;
    strike()
      .catch(fail)
      .finally(() => {
        isStriking = false;
      });
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => arrive(JSON.parse(body) as StepPoint & { pid: number }, response));
    response.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}`,
    run: (points, parallel, strikeWith) =>
      new Promise<void>((resolve, reject) => {
        open = new Set(points.map(nameOfPoint));
        width = parallel;
        kill = strikeWith;
        finish = resolve;
        fail = reject;
      }),
    left: () => [...open],
    kills: () => kills,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
