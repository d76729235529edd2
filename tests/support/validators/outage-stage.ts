import { spawn } from "node:child_process";
import { join } from "node:path";
import { migrateDatabase } from "@/db/migrate";
import { startPostgresServer, type TestPostgres } from "../postgres-server";
import { VICTIMS } from "./kill-plan";
import { createKillStage, type KillStage } from "./kill-stage";
import { type OwnDockerd, startOwnDockerd } from "./own-dockerd";
import { type OwnLocalnet, startOwnLocalnet } from "./own-localnet";

/** The product's processes on a database, a chain and a Docker Engine that nobody else uses, each of which may be killed. */
export type OutageStage = KillStage & {
  readonly postgres: TestPostgres;
  readonly chain: OwnLocalnet;
  readonly dockerd: OwnDockerd;
};

/** Ends a test's parts, last made first, also after one of them could not be ended. */
type Endings = { add<Part>(part: Part, end: (part: Part) => Promise<unknown>): Part; end(): Promise<void> };

function createEndings(): Endings {
  const ends: (() => Promise<unknown>)[] = [];
  return {
    add: (part, end) => {
      ends.push(() => end(part));
      return part;
    },
    end: async () => {
      const failures: unknown[] = [];
      for (const end of ends.splice(0).reverse()) await end().catch((thrown: unknown) => failures.push(thrown));
      if (failures.length > 0) throw new AggregateError(failures, "a part of the stage did not end");
    },
  };
}

/** Starts everything. What is started ends with `close`, with this process at the latest. */
export async function createOutageStage(): Promise<OutageStage> {
  const endings = createEndings();
  try {
    const postgres = endings.add(await startPostgresServer({ keepsCommits: true }), (part) => part.stop());
    const chain = endings.add(await startOwnLocalnet(), (part) => part.stop());
    const dockerd = endings.add(await startOwnDockerd(), (part) => part.stop());
    await migrateDatabase(postgres.adminUrl);
    const stage = endings.add(
      await createKillStage({
        real: { localnet: chain.localnet, dockerSocketPath: dockerd.socketPath },
        database: { url: postgres.adminUrl, drop: async () => {} },
      }),
      (part) => endStage(part, postgres),
    );
    const keeper = join(process.cwd(), "tests/support/validators/outage-keeper.mjs");
    const folders = [postgres.directory, chain.directory, dockerd.directory, stage.dir];
    spawn(process.execPath, [keeper, String(process.pid), ...folders], { detached: true, stdio: "ignore" }).unref();
    return { ...stage, localnet: chain.localnet, postgres, chain, dockerd, close: () => endings.end() };
  } catch (thrown) {
    await endings.end();
    throw thrown;
  }
}

/** Nodes of the process driver outlive the processes that made them, by design, so they go first. */
async function endStage(stage: KillStage, postgres: TestPostgres): Promise<void> {
  await Promise.all(VICTIMS.map((victim) => stage[victim].kill()));
  await postgres.restart();
  const { nodeHosts } = await stage.runtime.ports();
  for (const nodeId of (await nodeHosts.process.list()).nodeIds) {
    await nodeHosts.process.remove(nodeId, { volumeId: "none", removeVolume: false });
  }
  await stage.close();
}
