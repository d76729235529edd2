import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { createDockerNodeHost } from "@/server/adapters/docker/docker-node-host";
import { createProcessNodeHost } from "@/server/adapters/process/process-node-host";
import { seedRegions } from "@/server/domains/regions";
import { createLogger } from "@/server/kernel/logger";
import type { Ports } from "@/server/ports/ports";
import { registerTestNetwork } from "../factories/networks";
import type { Localnet } from "../localnet";
import type { TestRuntime } from "../test-runtime";

/** What a stage on real drivers runs on. */
export type RealParts = { readonly localnet: Localnet; readonly dockerSocketPath: string };

/** The same hosts as the product makes of this data directory (server/runtime/ports.ts), so that a test sees what the product's process made. */
export function realSetupPorts(dataDir: string, dockerSocketPath: string): Pick<Ports, "nodeHosts" | "chains"> {
  const logger = createLogger({ name: "ports", level: "silent" });
  const installationId = createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12);
  return {
    nodeHosts: {
      process: createProcessNodeHost({ rootDir: join(dataDir, "process-host"), installationId, logger }),
      docker: createDockerNodeHost({ socketPath: dockerSocketPath, installationId, logger }),
    },
    chains: createCosmosChainNodes({ onQuarantined: () => {} }),
  };
}

/** Regions and the running local chain, as every installation has them. */
export async function registerRealNetwork(runtime: TestRuntime, localnet: Localnet): Promise<string> {
  await seedRegions(await runtime.ctx(), {});
  return (await registerTestNetwork(await runtime.ctx(), localnet)).id;
}
