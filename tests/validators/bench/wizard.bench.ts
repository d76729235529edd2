import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium } from "@playwright/test";
import { treeCpuTimeMs } from "../../support/bench/cpu-time";
import type { Figure } from "../../support/bench/figure";
import { productParts } from "../../support/bench/product-parts";
import { record } from "../../support/bench/record";
import { type ApiPerson, signInByApi } from "../../support/e2e/api-client";
import { askForValidator } from "../../support/e2e/becoming";
import { signInInBrowser } from "../../support/e2e/browser-person";
import { localnetFacts } from "../../support/e2e/localnet-facts";
import { startProduct } from "../../support/e2e/product";
import { until } from "../../support/e2e/until";

/*
 * How long somebody waits who asks for a validator, from the request to a node that may be signed for and from the signature to the word on the
 * screen; and what a node and the whole product take while nobody asks for anything.
 */
const TRIES = Number(process.env.BENCH_TRIES ?? 10);
const SIGNED = Number(process.env.BENCH_SIGNED ?? 5);
const IDLE_MS = Number(process.env.BENCH_IDLE_MS ?? 30_000);
const WAIT_MS = 300_000;
const MACHINE = "The machine has two cores for the chain, the product, the nodes and the browser together.";
const RUNTIMES = [
  { runtime: "process", aimSeconds: 10 },
  { runtime: "docker", aimSeconds: 15 },
] as const;

type Setup = { setupRequest: { id: string; status: string; errorMessage: string | null }; node: { id: string } | null };

const product = await startProduct();
process.env.E2E_BASE_URL = product.baseUrl;
process.env.E2E_DATA_DIR = product.dataDir;
const facts = localnetFacts(product.dataDir);
const parts = productParts(product.dataDir);

async function tipHeight(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${facts.rpcPort}/status`);
  const { result } = (await answer.json()) as { result: { sync_info: { latest_block_height: string } } };
  return Number(result.sync_info.latest_block_height);
}

/** Asks for a node by REST and waits for it; milliseconds, and the way to what was made. */
async function timeSetup(person: ApiPerson, runtime: string) {
  const networks = await person.call<{ items: { id: string; chainId: string }[] }>("GET", "/api/v1/networks");
  const networkId = networks.items.find(({ chainId }) => chainId === facts.chainId)?.id;
  await person.call("POST", "/api/v1/faucet", { networkId, address: person.address });
  const beganMs = performance.now();
  const { setupRequest } = await person.call<Setup>("POST", "/api/v1/validators/setup-requests", {
    networkId,
    walletAddress: person.address,
    validatorName: `Bench ${runtime}`,
    commissionRate: "0.1",
    selfDelegation: "5000000",
    runMode: "cloud",
    regionCode: "us-east",
    tierCode: "small",
    runtime,
  });
  const path = `/api/v1/validators/setup-requests/${setupRequest.id}`;
  const ready = await until("a node that is ready", WAIT_MS, async () => {
    const now = await person.call<Setup>("GET", path);
    if (now.setupRequest.status === "failed") throw new Error(now.setupRequest.errorMessage ?? "failed");
    return now.setupRequest.status === "ready_for_chain_tx" && now;
  });
  return { ms: performance.now() - beganMs, path, nodeId: ready.node?.id ?? "" };
}

/** Processes whose command names that text. */
const processesOf = (text: string): number[] =>
  readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && commandOf(entry).includes(text))
    .map(Number);
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** CPU that they take while nothing is asked of them, in percent of one core, once for each look. */
async function idlePercent(pids: readonly number[], looks: number): Promise<number[]> {
  const samples: number[] = [];
  const sum = () => pids.reduce((total, pid) => total + treeCpuTimeMs(pid), 0);
  for (let look = 0; look < looks; look += 1) {
    const [before, beganMs] = [sum(), performance.now()];
    await delay(IDLE_MS);
    samples.push(((sum() - before) / (performance.now() - beganMs)) * 100);
  }
  return samples;
}

/** From the press that signs to the word on the screen: milliseconds and blocks; the validator's page stays open at the end. */
async function timeSigning(browser: Browser, name: string) {
  const page = await (await browser.newContext()).newPage();
  await signInInBrowser(page);
  await askForValidator(page, name, "process");
  await page.getByRole("button", { name: "Review and sign" }).click({ timeout: WAIT_MS });
  const sign = page.getByRole("button", { name: "Sign in Browser test wallet" });
  await sign.waitFor({ timeout: WAIT_MS });
  const [beganMs, from] = [performance.now(), await tipHeight()];
  await sign.click();
  const open = page.getByRole("link", { name: "Open the validator" });
  await open.waitFor({ timeout: WAIT_MS });
  const [ms, blocks] = [performance.now() - beganMs, (await tipHeight()) - from];
  await open.click();
  await page.waitForURL(/\/validators\/val_[0-9a-f-]+$/);
  return { ms, blocks, page };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const figures: Figure[] = [];
  for (const { runtime, aimSeconds } of RUNTIMES) {
    const samples: number[] = [];
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const person = await signInByApi(product.baseUrl);
      const { ms, path } = await timeSetup(person, runtime);
      samples.push(ms / 1_000);
      process.stdout.write(`${runtime}: ${(ms / 1_000).toFixed(1)} s\n`);
      await person.call("POST", `${path}/cancel`);
      await until("its node to be gone", WAIT_MS, async () => {
        const { node } = await person.call<{ node: { status: string } | null }>("GET", path);
        return node === null || node.status === "terminated";
      });
    }
    figures.push({
      metric: `request to ready, ${runtime}`,
      unit: "s",
      samples,
      goal: { of: "ours", atMost: aimSeconds },
      cause: MACHINE,
    });
  }

  const productPids = [...Object.values(parts.pids), parts.postgresPid];
  const nobody = await idlePercent(productPids, 2);
  const signings: { ms: number; blocks: number }[] = [];
  for (let attempt = 0; attempt < SIGNED; attempt += 1) {
    const { page, ...signing } = await timeSigning(browser, `Bench ${attempt}`);
    signings.push(signing);
    process.stdout.write(`signed to active: ${JSON.stringify(signing)}\n`);
    if (attempt < SIGNED - 1) await page.context().close();
  }
  // The last one's page stays open, and nobody touches it.
  const watched = await idlePercent(productPids, 2);
  const nodes = processesOf(`${product.dataDir}/process-host`);
  const node = (await idlePercent(nodes, 2)).map((percent) => percent / nodes.length);
  figures.push(
    { metric: "press that signs to active on screen", unit: "s", samples: signings.map(({ ms }) => ms / 1_000) },
    {
      metric: "press that signs to active on screen",
      unit: "blocks",
      samples: signings.map(({ blocks }) => blocks),
      goal: { of: "ours", atMost: 2 },
      cause:
        "The transaction is in the next block; the word comes once a read of the chain shows the validator, at most a look later.",
    },
    { metric: "the product with nobody looking: CPU", unit: "% of a core", samples: nobody },
    {
      metric: `the product with one validator's page open and ${SIGNED} validators: CPU`,
      unit: "% of a core",
      samples: watched,
    },
    { metric: "a synced node that signs a block a second: CPU", unit: "% of a core", samples: node },
  );
  record(
    "wizard",
    `Setups one after the other on a product with a local chain of a block a second, each by a new wallet, the node given back before the next; ${SIGNED} more in Chromium, signed by the browser's test wallet.`,
    figures,
  );
} finally {
  await browser.close();
  await product.stop();
}
