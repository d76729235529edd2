import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StartFailure } from "./failure.mjs";

/** The root of this checkout. */
export const repoDir = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const set = (value) => (value === undefined || value.trim() === "" ? undefined : value);

/**
 * Reads what a person may set into one record; nothing else in tools/ looks at the environment for these.
 * @throws StartFailure start.port_invalid
 */
export function readOptions(argv = [], env = process.env) {
  const portText = set(env.PORT) ?? "3000";
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartFailure({
      code: "start.port_invalid",
      what: `PORT is ${portText}, which is not a port.`,
      fix: "Set PORT to a number from 1 to 65535, for example PORT=3100.",
    });
  }
  const cacheHome = set(env.XDG_CACHE_HOME) ?? join(homedir(), ".cache");
  return {
    repoDir,
    isDev: argv.includes("--dev"),
    isTakeOver: argv.includes("--take-over"),
    dataDir: resolve(repoDir, set(env.OMNIPHI_DATA_DIR) ?? ".data"),
    cacheDir: resolve(repoDir, set(env.OMNIPHI_CACHE_DIR) ?? join(cacheHome, "omniphi-cloud")),
    host: set(env.HOST) ?? "127.0.0.1",
    port,
    publicUrl: set(env.PUBLIC_URL) ?? `http://localhost:${port}`,
    databaseUrl: set(env.DATABASE_URL),
    inngestBaseUrl: set(env.INNGEST_BASE_URL),
    hasLocalnet: set(env.OMNIPHI_LOCALNET) !== "off",
    posdBinary: set(env.POSD_BINARY),
    dockerSocketPath: set(env.DOCKER_SOCKET_PATH) ?? "/var/run/docker.sock",
  };
}
