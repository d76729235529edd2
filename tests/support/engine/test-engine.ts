import { type Engine, type EngineOptions, startEngine } from "@/inngest/engine";
import { createMemoryLogger } from "./memory-logger";
import { testEventKey, testSigningKey } from "./test-app";

/** An engine in this process on a free port, quick to retry and with short leases. */
export function startTestEngine(databaseUrl: string, options: Partial<EngineOptions> = {}): Promise<Engine> {
  return startEngine({
    databaseUrl,
    host: "127.0.0.1",
    port: 0,
    appUrls: [],
    eventKey: testEventKey,
    signingKey: testSigningKey,
    logger: createMemoryLogger(),
    ...options,
    settings: {
      leaseMs: 2_000,
      pollMs: 100,
      drainMs: 2_000,
      retry: { baseMs: 100, maxMs: 1_000 },
      ...options.settings,
    },
  });
}
