import type { Browser, BrowserContextOptions } from "@playwright/test";

/** What a visit to a page was like in a browser whose processor is four times slower. */
export type Vitals = {
  readonly lcpMs: number;
  readonly cls: number;
  readonly tbtMs: number;
  readonly lcpElement: string;
};

const THROTTLE = 4;
/** How long a page is looked at after its load event: late shifts and tasks belong to the visit. */
const SETTLE_MS = 3_000;

type Seen = { lcpMs: number; cls: number; tasks: { at: number; ms: number }[]; lcpElement: string };

/** Runs in the page, before its own scripts. */
function watchVitals(): void {
  const seen: Seen = { lcpMs: 0, cls: 0, tasks: [], lcpElement: "" };
  Object.assign(window, { benchSeen: seen });
  const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => {
    const { element } = entry as PerformanceEntry & { element?: Element };
    seen.lcpMs = entry.startTime;
    seen.lcpElement = element ? `${element.tagName.toLowerCase()} "${element.textContent?.slice(0, 60)}"` : "";
  });
  watch("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) seen.cls += value;
  });
  watch("longtask", (entry) => seen.tasks.push({ at: entry.startTime, ms: entry.duration }));
}

/** Visits the address with nothing cached; `state` holds the cookies of whoever visits. */
export async function measureVitals(
  browser: Browser,
  url: string,
  state: NonNullable<BrowserContextOptions["storageState"]> | undefined,
): Promise<Vitals> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...(state === undefined ? {} : { storageState: state }),
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchVitals);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
    const answer = await page.goto(url, { waitUntil: "load" });
    if (!answer?.ok()) throw new Error(`${url} answered ${answer?.status()}`);
    await page.waitForTimeout(SETTLE_MS);
    const { seen, firstPaintMs } = await page.evaluate(() => ({
      seen: Reflect.get(window, "benchSeen") as Seen,
      firstPaintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    }));
    // Blocking time counts what a task takes beyond 50 ms, after the first paint.
    const tbtMs = seen.tasks
      .filter(({ at, ms }) => at + ms > firstPaintMs)
      .reduce((sum, { ms }) => sum + Math.max(0, ms - 50), 0);
    return { lcpMs: seen.lcpMs, cls: seen.cls, tbtMs, lcpElement: seen.lcpElement };
  } finally {
    await context.close();
  }
}
