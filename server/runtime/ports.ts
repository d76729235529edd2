import "server-only";
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { env } from "@/env";
import { createNetworkBinaryStore } from "@/server/adapters/binary-store/network-binary-store";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { createDockerNodeHost } from "@/server/adapters/docker/docker-node-host";
import { createEmbeddedJobRuns } from "@/server/adapters/job-engine/embedded-job-runs";
import { createExternalJobRuns } from "@/server/adapters/job-engine/external-job-runs";
import { createLocalnetFaucet } from "@/server/adapters/localnet/localnet-faucet";
import { createLocalnetStatus } from "@/server/adapters/localnet/localnet-status";
import { createProcessNodeHost } from "@/server/adapters/process/process-node-host";
import { createGuardedDocuments } from "@/server/adapters/web-documents/guarded-documents";
import { createLogger } from "@/server/kernel/logger";
import type { Ports } from "@/server/ports/ports";
import { createIdentityPorts } from "./identity-ports";
import { createNotificationPorts } from "./notification-ports";

/** Names this installation on shared hosts (container labels); follows the data directory, so that two copies never see each other's nodes. */
const installationIdOf = (dataDir: string): string =>
  createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12);

let made: Ports | undefined;

/** The adapters of this process, made from the environment by the first caller; none connects before it is asked something. */
export function getPorts(): Ports {
  made ??= createPorts();
  return made;
}

function createPorts(): Ports {
  const logger = createLogger({ name: "ports", level: env.LOG_LEVEL });
  const dataDir = resolve(env.OMNIPHI_DATA_DIR);
  const installationId = installationIdOf(dataDir);
  return {
    nodeHosts: {
      process: createProcessNodeHost({ rootDir: join(dataDir, "process-host"), installationId, logger }),
      docker: createDockerNodeHost({ socketPath: env.DOCKER_SOCKET_PATH, installationId, logger }),
    },
    chains: createCosmosChainNodes({
      onQuarantined: (event) => logger.error({ ...event }, "chain.endpoint.quarantined"),
    }),
    binaries: createNetworkBinaryStore({ rootDir: join(dataDir, "binary-store") }),
    documents: createGuardedDocuments(),
    faucet: createLocalnetFaucet(),
    localnet: createLocalnetStatus({ localnetHome: env.LOCALNET_HOME }),
    jobRuns:
      env.INNGEST_BASE_URL === undefined
        ? createEmbeddedJobRuns({ databaseUrl: env.DATABASE_URL })
        : createExternalJobRuns({ dashboardUrl: env.INNGEST_BASE_URL }),
    ...createIdentityPorts({ authSecret: env.AUTH_SECRET, dataDir, publicUrl: env.PUBLIC_URL }),
    ...createNotificationPorts({
      kekBase64: env.SECRETS_KEK_BASE64,
      previousKekBase64: env.SECRETS_PREVIOUS_KEK_BASE64,
      publicUrl: env.PUBLIC_URL,
      mail:
        env.SMTP_URL === undefined || env.MAIL_FROM === undefined
          ? null
          : { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
      reach: "public",
      ownOrigins: env.OWN_RECEIVERS,
      origins: { telegram: env.TELEGRAM_API_URL, pagerduty: env.PAGERDUTY_EVENTS_URL },
    }),
  };
}
