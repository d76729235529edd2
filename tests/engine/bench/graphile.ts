import { Logger, makeWorkerUtils, run } from "graphile-worker";

export type Graphile = {
  /** Adds a job that tells `began` when it runs. */
  add(sentAt: number): Promise<void>;
  stop(): Promise<void>;
};

/** graphile-worker as its own readme starts it, on a database of the same server, with as many jobs at once as its benches have. */
export async function startGraphile(databaseUrl: string, began: (sentAt: number) => void): Promise<Graphile> {
  const logger = new Logger(() => () => undefined);
  const shared = { connectionString: databaseUrl, logger };
  const runner = await run({
    ...shared,
    concurrency: 10,
    noHandleSignals: true,
    taskList: {
      first: async (payload) => {
        began((payload as { sentAt: number }).sentAt);
      },
    },
  });
  const utils = await makeWorkerUtils(shared);
  return {
    add: async (sentAt) => {
      await utils.addJob("first", { sentAt });
    },
    stop: async () => {
      await runner.stop();
      await utils.release();
    },
  };
}
