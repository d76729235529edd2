import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { freePort } from "../free-port";
import { type Localnet, openLocalnet } from "../localnet";

/** A local chain that no other test uses, so that it may be killed. */
export type OwnLocalnet = {
  readonly localnet: Localnet;
  readonly directory: string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves once it makes blocks. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

type Handle = {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  waitReady(): Promise<unknown>;
  stop(): Promise<void>;
};
type Devnet = {
  buildPosd(options: { version: "v1"; identity: Identity }): Promise<{ path: string }>;
  initLocalnet(options: object): Promise<unknown>;
  startLocalnet(options: { homeDir: string; isDetached: boolean }): Promise<Handle>;
};

const loadDevnet = async (file: string): Promise<Partial<Devnet>> =>
  await import(pathToFileURL(join(process.cwd(), "devnet", file)).href);

/** Whose names it has (devnet/identities.mjs), and what it is called. */
type Identity = "omniphi" | "orbit";

/** Makes and starts it, with blocks every half second unless told. */
export async function startOwnLocalnet(
  options: { readonly identity?: Identity; readonly chainId?: string; readonly blockTimeMs?: number } = {},
): Promise<OwnLocalnet> {
  const { identity = "omniphi", blockTimeMs = 500, ...named } = options;
  const { buildPosd, initLocalnet, startLocalnet } = {
    ...(await loadDevnet("build.mjs")),
    ...(await loadDevnet("localnet.mjs")),
  } as Devnet;
  const { path: posdPath } = await buildPosd({ version: "v1", identity });
  const directory = mkdtempSync(join(tmpdir(), "omniphi-own-localnet-"));
  const homeDir = join(directory, "home");
  const [p2p, rpc, rest, grpc] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const ports = { p2p, rpc, rest, grpc };
  await initLocalnet({ posdPath, homeDir, blockTimeMs, p2pHost: "0.0.0.0", ports, ...named });
  const start = async (): Promise<Handle> => {
    const started = await startLocalnet({ homeDir, isDetached: true });
    await started.waitReady();
    return started;
  };
  let running = await start();
  return {
    localnet: await openLocalnet(homeDir),
    directory,
    kill: async () => {
      process.kill(running.pid, "SIGKILL");
      await running.exited;
    },
    restart: async () => {
      running = await start();
    },
    stop: async () => {
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
