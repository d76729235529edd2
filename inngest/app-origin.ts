import { env } from "@/env";

// A portal that listens on every address is reached by the loopback one.
const listenHost = env.HOST === "0.0.0.0" || env.HOST === "::" ? "127.0.0.1" : env.HOST;

/**
 * Where the job server calls this app: the portal's own port from the embedded engine on the same machine, the public address from a server
 * elsewhere. It comes from the settings alone; a request that asks the app to register cannot name another place to send every job to.
 */
export const appOrigin =
  env.INNGEST_BASE_URL === undefined ? `http://${listenHost}:${env.PORT}` : new URL(env.PUBLIC_URL).origin;
