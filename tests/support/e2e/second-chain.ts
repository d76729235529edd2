import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { freePort } from "../free-port";

type Devnet = {
  buildPosd(options: { version: "v1"; identity: "orbit" }): Promise<{ path: string }>;
  initLocalnet(options: object): Promise<{ restPort: number; chainId: string }>;
  startLocalnet(options: { homeDir: string }): Promise<{ waitReady(): Promise<unknown>; stop(): Promise<void> }>;
};

const loadDevnet = async (file: string): Promise<Partial<Devnet>> =>
  await import(pathToFileURL(join(process.cwd(), "devnet", file)).href);

/** A local chain of other names (`orbit` of devnet/identities.mjs) beside the product's own. */
export async function startSecondChain(): Promise<{ homeDir: string; restPort: number; stop(): Promise<void> }> {
  const { buildPosd, initLocalnet, startLocalnet } = {
    ...(await loadDevnet("build.mjs")),
    ...(await loadDevnet("localnet.mjs")),
  } as Devnet;
  const { path: posdPath } = await buildPosd({ version: "v1", identity: "orbit" });
  const directory = mkdtempSync(join(tmpdir(), "omniphi-second-chain-"));
  const homeDir = join(directory, "home");
  const [p2p, rpc, rest, grpc] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const ports = { p2p, rpc, rest, grpc };
  const facts = await initLocalnet({ posdPath, homeDir, chainId: "orbit-localnet-1", blockTimeMs: 700, ports });
  const node = await startLocalnet({ homeDir });
  await node.waitReady();
  return {
    homeDir,
    restPort: facts.restPort,
    stop: async () => {
      await node.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
