import { type BrowserContext, expect, type Page, type Request, test } from "@playwright/test";
import { askForValidator } from "../../support/e2e/becoming";
import { signInInBrowser } from "../../support/e2e/browser-person";
import { countingProxy } from "../../support/e2e/counting-proxy";
import { until } from "../../support/e2e/until";

const SLOW_MS = 240_000;
const NAME = "Seen in nine tabs";
const MINUTE_MS = 60_000;
/** What an open page of a validator may cost in a minute in which nothing of it changes but its blocks, of which the local chain makes one a second. */
const BUDGET_BYTES = 10_000;

/** Streams of the browser that are open now. */
function countStreams(context: BrowserContext): () => number {
  const open = new Set<Request>();
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/v1/live") open.add(request);
  });
  const ended = (request: Request) => void open.delete(request);
  context.on("requestfinished", ended);
  context.on("requestfailed", ended);
  return () => open.size;
}

/** The page believes that it is seen, or not, as when its window is behind another: a headless browser shows all of them at once. */
const showPage = (page: Page, isSeen: boolean) =>
  page.evaluate((seen) => {
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (seen ? "visible" : "hidden"),
    });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !seen });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isSeen);

test("nine tabs of a validator share one stream, each answers a click, hidden ones hold none, and an open one costs little", async ({
  page,
  context,
}) => {
  test.setTimeout(900_000);
  const streams = countStreams(context);
  await signInInBrowser(page);
  await askForValidator(page, NAME, "process");
  await expect(page.getByRole("button", { name: "Review and sign" })).toBeVisible({ timeout: SLOW_MS });
  const tabs = [page];

  await test.step("while it is set up", async () => {
    while (tabs.length < 9) {
      const tab = await context.newPage();
      await tab.goto(page.url());
      tabs.push(tab);
    }
    for (const tab of tabs) {
      await tab.bringToFront();
      await tab.getByRole("button", { name: "Cancel setup" }).click();
      await expect(tab.getByRole("dialog")).toBeVisible();
      await tab.keyboard.press("Escape");
      await expect(tab.getByRole("dialog")).toBeHidden();
    }
    await until("one stream for all of them", SLOW_MS, async () => streams() === 1);
  });

  await test.step("what one of them does is seen in all, without a reload", async () => {
    await page.bringToFront();
    await page.getByRole("button", { name: "Review and sign" }).click();
    await page.getByRole("button", { name: "Sign in Browser test wallet" }).click();
    for (const tab of tabs) {
      await expect(tab.getByRole("link", { name: "Open the validator" })).toBeVisible({ timeout: SLOW_MS });
    }
  });

  await test.step("one goes on to the validator, and its log comes", async () => {
    await page.bringToFront();
    await page.getByRole("link", { name: "Open the validator" }).click();
    await page.waitForURL(/\/validators\/val_[0-9a-f-]+$/);
    await page.getByRole("link", { name: "Log", exact: true }).click();
    await expect(page.getByText(/^[1-9]\d* lines?$/)).toBeVisible({ timeout: 60_000 });
    await until("one stream for all of them", SLOW_MS, async () => streams() === 1);
  });

  await test.step("hidden ones hold none; the one that is seen again has it", async () => {
    const [first, ...others] = tabs;
    for (const tab of others) await showPage(tab, false);
    await until("the stream of the tab that is seen", SLOW_MS, async () => streams() === 1);
    if (first) await showPage(first, false);
    await until("no stream", SLOW_MS, async () => streams() === 0);
    if (first) await showPage(first, true);
    await until("one stream again", SLOW_MS, async () => streams() === 1);
    for (const tab of others) await tab.close();
    await until("still one stream", SLOW_MS, async () => streams() === 1);
  });

  await test.step("an open page costs little while nothing changes", async () => {
    const proxy = await countingProxy(process.env.E2E_BASE_URL ?? "");
    try {
      const path = new URL(page.url()).pathname;
      await page.close();
      const alone = await context.newPage();
      await alone.goto(`${proxy.baseUrl}${path}`);
      await expect(alone.getByTestId("block-grid")).toBeVisible();
      await until("its stream", SLOW_MS, async () => streams() === 1);
      // What the first paint brings along (fonts, scripts, first states) has come when two seconds brought no more than beats and blocks.
      let mark = { bytes: proxy.received(), atMs: Date.now() };
      await until("the page at rest", SLOW_MS, async () => {
        if (Date.now() - mark.atMs < 2_000) return false;
        const brought = proxy.received() - mark.bytes;
        mark = { bytes: proxy.received(), atMs: Date.now() };
        return brought < 2_000;
      });
      const before = proxy.received();
      const [sentBefore, begunAt] = [proxy.sent(), Date.now()];
      await until("a minute of an open page", 2 * MINUTE_MS, async () => Date.now() - begunAt >= MINUTE_MS);
      const cost = { receivedBytes: proxy.received() - before, sentBytes: proxy.sent() - sentBefore };
      console.log(`an open validator page, in a minute: ${JSON.stringify(cost)}`);
      expect(cost.receivedBytes).toBeLessThanOrEqual(BUDGET_BYTES);
    } finally {
      await proxy.close();
    }
  });
});
