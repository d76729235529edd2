// Keeps one local chain for a test run: starts it, says when it answers, and ends it with the run.
// Arguments: the folder of the run, and the process id whose end is the end of the run.

import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { buildPosd } from "../../devnet/build.mjs";
import { initLocalnet, startLocalnet } from "../../devnet/localnet.mjs";

const [folder, watchedPid] = process.argv.slice(2);
const WATCH_MS = 500;

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function isRunAlive() {
  try {
    process.kill(Number(watchedPid), 0);
    return true;
  } catch {
    return false;
  }
}

let running;
try {
  const { path } = await buildPosd({ version: "v1" });
  const homeDir = join(folder, "home");
  const [p2p, rpc, rest, grpc] = await freePorts(4);
  // Short enough that a validator without a node is jailed within seconds; the SDK allows no jail under a minute.
  const params = { signedWindowBlocks: 20, downtimeJailSeconds: 60 };
  await initLocalnet({ posdPath: path, homeDir, blockTimeMs: 500, ports: { p2p, rpc, rest, grpc }, params });
  running = await startLocalnet({ homeDir, isDetached: true });
  await running.waitReady({ timeoutMs: 60_000 });
  writeFileSync(join(folder, "ready.json"), JSON.stringify({ homeDir, pid: running.pid }));
  while (isRunAlive()) await delay(WATCH_MS);
} catch (error) {
  writeFileSync(join(folder, "failed.txt"), String(error?.stack ?? error));
  while (isRunAlive()) await delay(WATCH_MS);
} finally {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
}
