import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rateLimits } from "@/db/schema/system";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { grantPlatformRole } from "@/server/domains/identity";
import { seedRegions } from "@/server/domains/regions";
import { notFound, upstreamUnavailable } from "@/server/kernel/errors";
import { createPerson } from "../../support/factories/identity";
import { registerTestNetwork } from "../../support/factories/networks";
import { startWireChain, type WireChain } from "../../support/fakes/chain-node-wire";
import { createFakeNodeHost } from "../../support/fakes/node-host";
import { createOwner } from "../../support/foreign-ids";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { serve } from "./serve";
import { type Known, settingsFor } from "./settings";

const GIVEN = process.env.SCHEMATHESIS ?? "st";
const PROGRAM = GIVEN.includes("/") ? resolve(GIVEN) : GIVEN;
const EXAMPLES = process.env.SCHEMATHESIS_EXAMPLES ?? "20";
const PHASES = process.env.SCHEMATHESIS_PHASES ?? "examples,coverage,fuzzing,stateful";
const FOLDER = resolve("test-results/schemathesis");
const isThere = spawnSync(PROGRAM, ["--version"], { stdio: "ignore" }).status === 0;

let runtime: TestRuntime;
let wire: WireChain;
let api: Awaited<ReturnType<typeof serve>>;
/** What the product logs meanwhile; its failures are kept, with the reason that no answer tells. */
const lines: string[] = [];
let isOver = false;
let generous: Promise<void>;
const tokens: Record<string, string | null> = { nobody: null };
let known: Known = {};

const away = async (): Promise<never> => {
  throw upstreamUnavailable("double.away", "The double has none.");
};

const hasNone = (url: string) => Promise.reject(notFound("documents.none", url));

/** A budget of requests would hide everything else behind 429. */
async function forgetLimits(): Promise<void> {
  while (!isOver) {
    // Waits for whoever draws, and holds nothing meanwhile that a draw waits for.
    await runtime.db.execute(sql`truncate ${rateLimits}`);
    await delay(100);
  }
}

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  wire = await startWireChain({});
  const stateFile = join(FOLDER, "host.json");
  const host = (kind: "process" | "docker") => createFakeNodeHost({ kind, stateFile });
  runtime = await createTestRuntime({
    ports: {
      nodeHosts: { process: host("process"), docker: host("docker") },
      chains: createCosmosChainNodes({ onQuarantined: () => {} }),
      binaries: { resolve: away, inspect: away },
      documents: { readText: hasNone, readBytes: hasNone },
      faucet: { drip: away },
    },
    logLines: lines,
  });
  const ctx = await runtime.ctx();
  await seedRegions(ctx, {});
  const facts = { chainId: "wire-1" } as Parameters<typeof registerTestNetwork>[1]["facts"];
  const { id: networkId } = await registerTestNetwork(ctx, { facts, rpcUrl: wire.url, restUrl: wire.url });
  const { person, ids } = await createOwner(runtime, networkId);
  const admin = await createPerson(runtime);
  await grantPlatformRole(ctx, { walletAddress: admin.wallet.address, platformRole: "admin" });
  tokens.owner = person.accessToken;
  tokens.admin = admin.accessToken;
  known = {
    ...Object.fromEntries(Object.entries(ids).map(([kind, id]) => [`${kind}Id`, [id]])),
    networkId: [networkId],
    regionCode: ["us-east"],
    address: [person.wallet.address],
  };
  api = await serve();
  generous = forgetLimits();
});
afterAll(async () => {
  isOver = true;
  await generous;
  await Promise.all([api.close(), wire.close()]);
  await runtime.close();
});

const find = (name: string, token: string | null): Promise<number | null> => {
  const config = join(FOLDER, `${name}.toml`);
  writeFileSync(config, settingsFor(known));
  const document = `${api.url}/api/v1/openapi.json`;
  const asks = token === null ? [] : ["-H", `Authorization: Bearer ${token}`];
  // Whoever signs out is nobody from then on.
  const leaves = token === null ? [] : ["--exclude-operation-id", "deleteSession"];
  const phases = [...leaves, "--phases", PHASES, "-n", EXAMPLES, "--warnings", "off", "--no-shrink"];
  const log = openSync(join(FOLDER, `${name}.log`), "w");
  const child = spawn(PROGRAM, ["--config-file", config, "run", document, "--url", api.url, ...asks, ...phases], {
    // It keeps what it learned beside what it writes.
    cwd: FOLDER,
    stdio: ["ignore", log, log],
  });
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      closeSync(log);
      const failures = lines.splice(0).filter((line) => line.includes('"level":50'));
      writeFileSync(join(FOLDER, `${name}.failures.log`), failures.join(""));
      done(code);
    });
  });
};

describe("REST, asked for anything", () => {
  it.each(["nobody", "owner", "admin"])("answers %s as its document says, and never fails", async (name) => {
    if (!isThere) {
      process.stdout.write(`${PROGRAM} is not here, so nothing was asked. CONTRIBUTING.md says how to get it.\n`);
      return;
    }
    expect(await find(name, tokens[name] ?? null), `what was found stands in ${FOLDER}/${name}.log`).toBe(0);
  });
});
