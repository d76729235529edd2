// Keeps one local chain for a test run: starts it, says when it answers, and ends it with the run.
// Arguments: the folder of the run, process id and identity of the process whose end is the end of the run, and the ports p2p, RPC, REST and gRPC.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { buildPosd } from "../../devnet/build.mjs";
import { initLocalnet, startLocalnet } from "../../devnet/localnet.mjs";
import { isRunning } from "../../lib/os/process-identity.mjs";

const [folder, pid, identity, ...ports] = process.argv.slice(2);
const [p2p, rpc, rest, grpc] = ports.map(Number);
const WATCH_MS = 500;

const isRunAlive = () => isRunning({ pid: Number(pid), identity });

let running;
try {
  const { path } = await buildPosd({ version: "v1" });
  const homeDir = join(folder, "home");
  // Short enough that a validator without a node is jailed within seconds; the SDK allows no jail under a minute.
  const params = { signedWindowBlocks: 20, downtimeJailSeconds: 60 };
  await initLocalnet({
    posdPath: path,
    homeDir,
    blockTimeMs: 500,
    p2pHost: "0.0.0.0",
    ports: { p2p, rpc, rest, grpc },
    params,
  });
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
