import { join } from "node:path";
import { chromium } from "@playwright/test";
import postgres from "postgres";
import { startEmptyNext } from "../../support/bench/empty-next";
import type { Figure } from "../../support/bench/figure";
import { type Target, type Timing, timeTargets } from "../../support/bench/page-timing";
import { holdBackground, productParts } from "../../support/bench/product-parts";
import { record } from "../../support/bench/record";
import { seedScale } from "../../support/bench/scale";
import { SCALE } from "../../support/bench/scale-shape";
import { percentile } from "../../support/bench/statistics";
import { measureVitals, type Vitals } from "../../support/bench/web-vitals";
import { readApi, signInInBrowser } from "../../support/e2e/browser-person";
import { grantAdmin } from "../../support/e2e/grant-admin";
import { startProduct } from "../../support/e2e/product";

/*
 * Pages of an installation that has been used for long, beside the emptiest page that Next can render: how soon they answer, what they cost, how
 * a hundred times as many rows change that, and what a slow browser sees of them.
 */
const PEER = "empty dynamic Next page";
const FIRST_BYTE =
  "The explorer's page is answered whole: fifty rows with the strips of their last blocks are written before its first byte, for readers without scripts and for search engines.";
const LOAD =
  "Half of the time is the framework's own start, as the empty page shows; the rest is React taking over some two thousand elements of a list or of a validator and the browser laying them out, at a quarter of this machine's speed.";
const VISITS = Number(process.env.BENCH_VISITS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const repoDir = process.env.BENCH_REPO_DIR ?? "";
const product = await startProduct();
process.env.E2E_BASE_URL = product.baseUrl;
process.env.E2E_DATA_DIR = product.dataDir;
const { baseUrl } = product;
const parts = productParts(product.dataDir);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let release = () => {};
let stopPeer = async () => {};
const sql = postgres(parts.databaseUrl, { max: 1, onnotice: () => {} });
try {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signInInBrowser(page);
  await grantAdmin(page);
  const networks = await readApi<{ items: { id: string; chainId: string }[] }>(page, "/api/v1/networks");
  const network = networks.items[0];
  const state = await context.storageState();
  await context.close();
  if (!network) throw new Error("the product offers no network");

  const peer = await startEmptyNext(join(process.env.BENCH_DIR ?? "", "empty"), repoDir);
  stopPeer = peer.stop;
  release = holdBackground(parts);
  const [person] = await sql<
    { id: string }[]
  >`select user_id as id from sessions where kind = 'browser' order by created_at desc limit 1`;
  const scale = await seedScale(sql, { userId: person?.id ?? "", networkId: network.id });

  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const web = parts.pids.web ?? 0;
  const ours = (name: string, path: string): Target => ({ name, url: `${baseUrl}${path}`, cookie, pid: web });
  const lists = ["validators", "transactions", "audit"];
  const many = `/o/${scale.many.slug}`;
  const listTarget = (list: string, { slug, rows }: { slug: string; rows: number }) =>
    ours(`${list}, ${rows} rows`, `/o/${slug}/${list}`);
  const apiLists = ["validators/setup-requests", "staking/acts"];
  const apiTarget = (path: string, { slug, rows }: { slug: string; rows: number }): Target => ({
    ...ours(`API ${path}, ${rows} rows`, `/api/v1/${path}?limit=50`),
    organization: slug,
  });
  const pages = [
    ...lists.map((list) => listTarget(list, scale.many)),
    ours("one validator", `${many}/validators/${scale.validatorId}`),
    ours("setup requests of everybody", "/admin/setup-requests"),
    ours("validators of the chain", `/networks/${network.chainId}`),
    ours("landing", "/"),
  ];
  const timings = await timeTargets(
    [
      { name: PEER, url: peer.url, cookie: "", pid: peer.pid },
      ...pages,
      ...lists.map((list) => listTarget(list, scale.few)),
      ...apiLists.flatMap((path) => [apiTarget(path, scale.many), apiTarget(path, scale.few)]),
    ],
    { rounds: ROUNDS, requests: 12 },
  );
  const timingOf = (name: string): Timing => {
    const timing = timings.get(name);
    if (!timing) throw new Error(`${name} was not timed`);
    return timing;
  };
  const empty = timingOf(PEER);
  const figures: Figure[] = pages.flatMap(({ name }): Figure[] => {
    const { firstByteMs, wholeMs, cpuMs } = timingOf(name);
    const at = (share: number, samples: number[], emptyOnes: number[]) => ({
      samples,
      ours: percentile(samples, share),
      peers: { [PEER]: percentile(emptyOnes, share) },
    });
    return [
      { metric: `${name}: TTFB p50`, unit: "ms", ...at(0.5, firstByteMs, empty.firstByteMs) },
      {
        metric: `${name}: TTFB p95`,
        unit: "ms",
        ...at(0.95, firstByteMs, empty.firstByteMs),
        goal: { of: "ratio", atMost: 4 },
        cause: FIRST_BYTE,
      },
      { metric: `${name}: whole answer p95`, unit: "ms", ...at(0.95, wholeMs, empty.wholeMs) },
      { metric: `${name}: CPU of web a request`, unit: "ms", ...at(0.5, cpuMs, empty.cpuMs) },
    ];
  });
  const compared = [
    ...lists.map((list) => ({ what: `page of ${list}`, of: (scaled: typeof scale.many) => listTarget(list, scaled) })),
    ...apiLists.map((path) => ({ what: `API ${path}`, of: (scaled: typeof scale.many) => apiTarget(path, scaled) })),
  ];
  for (const { what, of } of compared) {
    const [long, short] = [timingOf(of(scale.many).name), timingOf(of(scale.few).name)];
    figures.push({
      metric: `${what}: ${SCALE.rows} rows against ${SCALE.fewRows}`,
      unit: "ms",
      samples: long.wholeMs,
      peers: { [`${SCALE.fewRows} rows`]: percentile(short.wholeMs, 0.5) },
      goal: { of: "ratio", atMost: 2 },
    });
  }

  const visited = [
    { name: "landing", path: "/" },
    { name: "validators", path: `${many}/validators` },
    { name: "transactions", path: `${many}/transactions` },
    { name: "one validator", path: `${many}/validators/${scale.validatorId}` },
  ];
  const vitals = new Map<string, Vitals[]>();
  for (let visit = 0; visit < VISITS; visit += 1) {
    for (const { name, url } of [
      { name: PEER, url: peer.url },
      ...visited.map(({ name, path }) => ({ name, url: `${baseUrl}${path}` })),
    ]) {
      const seen = await measureVitals(browser, url, url.startsWith(baseUrl) && name !== "landing" ? state : undefined);
      process.stdout.write(`${name}: ${JSON.stringify(seen)}\n`);
      vitals.set(name, [...(vitals.get(name) ?? []), seen]);
    }
  }
  const emptyVitals = vitals.get(PEER) ?? [];
  for (const { name } of visited) {
    const of = (key: "lcpMs" | "cls" | "tbtMs") => (vitals.get(name) ?? []).map((one) => one[key]);
    figures.push(
      {
        metric: `${name}: LCP at 4× CPU throttle`,
        unit: "ms",
        samples: of("lcpMs"),
        peers: {
          [PEER]: percentile(
            emptyVitals.map(({ lcpMs }) => lcpMs),
            0.5,
          ),
        },
        goal: { of: "ours", atMost: 1_200 },
        cause: LOAD,
      },
      { metric: `${name}: CLS`, unit: "", samples: of("cls"), goal: { of: "ours", atMost: 0.02 } },
      {
        metric: `${name}: TBT at 4× CPU throttle`,
        unit: "ms",
        samples: of("tbtMs"),
        peers: {
          [PEER]: percentile(
            emptyVitals.map(({ tbtMs }) => tbtMs),
            0.5,
          ),
        },
        goal: { of: "ours", atMost: 300 },
        cause: LOAD,
      },
    );
  }
  record(
    "pages",
    `A production build over ${SCALE.validators} validators of the chain, ${SCALE.blocks} blocks with the signatures of ${SCALE.setSize}, and ${SCALE.rows} rows in each list; the processes beside web are held still, so that a validator's sentence says that nothing new was read.`,
    figures,
  );
} finally {
  await sql.end();
  release();
  await stopPeer();
  await browser.close();
  await product.stop();
}
