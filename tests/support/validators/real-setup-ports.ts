import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createNetworkBinaryStore } from "@/server/adapters/binary-store/network-binary-store";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { createDockerNodeHost } from "@/server/adapters/docker/docker-node-host";
import { createLocalnetFaucet } from "@/server/adapters/localnet/localnet-faucet";
import { createProcessNodeHost } from "@/server/adapters/process/process-node-host";
import { seedRegions } from "@/server/domains/regions";
import { createLogger } from "@/server/kernel/logger";
import type { Ports } from "@/server/ports/ports";
import { LocalnetFacts, registerLocalnet } from "@/server/processes/register-localnet/register-localnet";
import type { Localnet } from "../localnet";
import type { TestRuntime } from "../test-runtime";

/** What a stage on real drivers runs on. */
export type RealParts = { readonly localnet: Localnet; readonly dockerSocketPath: string };

/** The same hosts as the product makes of this data directory (server/runtime/ports.ts), so that a test sees what the product's process made. */
export function realSetupPorts(
  dataDir: string,
  dockerSocketPath: string,
): Pick<Ports, "nodeHosts" | "chains" | "binaries" | "faucet"> {
  const logger = createLogger({ name: "ports", level: "silent" });
  const installationId = createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12);
  return {
    nodeHosts: {
      process: createProcessNodeHost({ rootDir: join(dataDir, "process-host"), installationId, logger }),
      docker: createDockerNodeHost({ socketPath: dockerSocketPath, installationId, logger }),
    },
    chains: createCosmosChainNodes({ onQuarantined: () => {} }),
    binaries: createNetworkBinaryStore({ rootDir: join(dataDir, "binary-store") }),
    faucet: createLocalnetFaucet(),
  };
}

/** Regions and the running local chain with its files and its faucet, as every installation has them. */
export async function registerRealNetwork(runtime: TestRuntime, localnet: Localnet): Promise<string> {
  await seedRegions(await runtime.ctx(), {});
  const facts = LocalnetFacts.parse(JSON.parse(readFileSync(join(localnet.homeDir, "localnet.json"), "utf8")));
  return (await registerLocalnet(await runtime.ctx(), facts, localnet.homeDir)).id;
}
