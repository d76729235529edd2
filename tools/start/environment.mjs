import { join } from "node:path";

/** The environment that every process of the product is started with: what the user set, then what a start decides. */
export function productEnvironment({ options, secrets, databaseUrl, enginePort }) {
  const engine = options.inngestBaseUrl
    ? {
        // The server is given the same two: ours out of secrets.json, or the user's own.
        INNGEST_EVENT_KEY: process.env.INNGEST_EVENT_KEY || secrets.inngestEventKey,
        INNGEST_SIGNING_KEY: process.env.INNGEST_SIGNING_KEY || secrets.inngestSigningKey,
      }
    : {
        ENGINE_PORT: String(enginePort),
        ENGINE_URL: `http://127.0.0.1:${enginePort}`,
        INNGEST_EVENT_KEY: secrets.inngestEventKey,
        INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
      };
  return {
    ...process.env,
    NODE_ENV: options.isDev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(options.port),
    HOST: options.host,
    PUBLIC_URL: options.publicUrl,
    OMNIPHI_DATA_DIR: options.dataDir,
    OMNIPHI_CACHE_DIR: options.cacheDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: process.env.AUTH_SECRET || secrets.authSecret,
    SECRETS_KEK_BASE64: process.env.SECRETS_KEK_BASE64 || secrets.secretsKekBase64,
    METRICS_TOKEN: process.env.METRICS_TOKEN || secrets.metricsToken,
    DOCKER_SOCKET_PATH: options.dockerSocketPath,
    ...engine,
    ...(options.hasLocalnet ? { LOCALNET_HOME: join(options.dataDir, "localnet") } : {}),
  };
}
