import { createDatabase } from "@/db/client";
import { env } from "@/env";
import { createLogger } from "@/server/kernel/logger";
import type { Ports } from "@/server/ports/ports";
import { watch } from "@/server/processes/watcher/watch";
import { fakeSetupPorts } from "../fake-setup-ports";

/* The product's own watcher process; where TEST_FAKES names a folder, the same work on the hosts and the chain that are kept there. */
const fakesDir = process.env.TEST_FAKES;
process.stdout.write("ready\n");
if (fakesDir === undefined) {
  await import("@/server/processes/watcher");
} else {
  const { db } = createDatabase({ url: env.DATABASE_URL, applicationName: "test-watcher", maxConnections: 10 });
  await watch({
    db,
    databaseUrl: env.DATABASE_URL,
    ports: fakeSetupPorts(fakesDir) as Ports,
    logger: createLogger({ name: "watcher", level: env.LOG_LEVEL }),
    signal: new AbortController().signal,
  });
}
