import { expect, type Page, test } from "@playwright/test";
import { type Gallery, startGallery } from "../../support/e2e/gallery";
import { expectAccessible } from "../../support/e2e/looks";

/** The shared parts as a keyboard, a screen reader's rules and a narrow screen meet them, apart from any server of ours. */
test.describe("shared parts", () => {
  let gallery: Gallery;
  test.beforeAll(async () => {
    gallery = await startGallery();
  });
  test.afterAll(() => gallery.stop());

  /** Opens a gallery page and waits until React has taken over its markup, also within boundaries of its own, and its listeners are there. */
  async function open(page: Page, path: string): Promise<void> {
    await page.goto(gallery.baseUrl + path);
    await page.waitForFunction(() => {
      const controls = [...document.querySelectorAll("button")];
      return (
        document.documentElement.hasAttribute("data-listening") &&
        controls.length > 0 &&
        controls.every((each) => Object.keys(each).some((key) => key.startsWith("__reactFiber")))
      );
    });
  }

  const pages = ["/", "/shell", "/wizard", "/provision", "/signing", "/danger", "/landing", "/loading"];
  const tables = ["ready", "loading", "empty", "error", "stale"].map((state) => `/table?as=${state}`);
  for (const path of [...pages, ...tables]) {
    test(`${path} is clean by axe in both themes and fits 390 px`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
      await open(page, path);
      await expectAccessible(page);
    });
  }

  test("the block grid is read by keyboard", async ({ page }) => {
    await open(page, "/shell");
    const grid = page.getByRole("slider", { name: "Last 200 blocks of Aurora North" });
    await grid.focus();
    await expect(grid).toHaveAttribute("aria-valuenow", "12345");
    await page.keyboard.press("ArrowLeft");
    await expect(grid).toHaveAttribute("aria-valuenow", "12344");
    await page.keyboard.press("m");
    await expect(grid).toHaveAttribute("aria-valuetext", /missed$/);
    await page.keyboard.press("Home");
    await expect(grid).toHaveAttribute("aria-valuenow", "12146");
  });

  test("the palette finds a page by another word for it", async ({ page }) => {
    await open(page, "/shell");
    await page.keyboard.press("Control+k");
    const search = page.getByPlaceholder("Go to a page, find an object, do something");
    await expect(search).toBeFocused();
    await search.fill("retries");
    await expect(page.getByRole("option")).toContainText(["Job runs"]);
    await page.keyboard.press("Escape");
    await expect(search).toBeHidden();
  });

  test("a tip is read by pointer and by keyboard, and Escape takes it away", async ({ page }) => {
    await open(page, "/shell");
    const tip = page.getByRole("tooltip");
    const figure = page.locator("#content button.evidence").first();
    await figure.hover();
    await expect(tip).toBeVisible();
    await expect(figure).toHaveAttribute("aria-describedby", (await tip.getAttribute("id")) ?? "none");
    await tip.hover();
    await page.keyboard.press("Escape");
    await expect(tip).toHaveCount(0);
    await page.getByRole("button", { name: "Theme" }).focus();
    for (let presses = 0; presses < 60 && (await tip.count()) === 0; presses += 1) await page.keyboard.press("Tab");
    await expect(tip).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    await expect(tip).toHaveCount(1);
  });

  test("a tip is read by a tap, and a tap elsewhere takes it away", async ({ browser }) => {
    const page = await browser.newPage({ hasTouch: true, viewport: { width: 390, height: 844 } });
    await open(page, "/shell");
    const figure = page.locator("#content button.evidence").first();
    await figure.tap();
    await expect(page.getByRole("tooltip")).toBeVisible();
    await page.getByRole("heading", { level: 1 }).tap();
    await expect(page.getByRole("tooltip")).toHaveCount(0);
    await page.close();
  });

  test("a menu that was never opened is opened by keyboard at its first entry, and gives the focus back", async ({
    page,
  }) => {
    await open(page, "/shell");
    const trigger = page.getByRole("button", { name: "Theme" });
    for (const key of ["Enter", "ArrowDown", "Space"]) {
      await trigger.focus();
      await page.keyboard.press(key);
      await expect(page.getByRole("menuitemradio", { name: "As this device" })).toBeFocused();
      await page.keyboard.press("ArrowDown");
      await expect(page.getByRole("menuitemradio", { name: "Light" })).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("menu")).toHaveCount(0);
      await expect(trigger).toBeFocused();
    }
    await page.reload();
    await open(page, "/shell");
    await page.getByRole("button", { name: "Theme" }).press("ArrowDown");
    await expect(page.getByRole("menuitemradio", { name: "As this device" })).toBeFocused();
  });

  test("the theme is chosen once and is in the next page's first bytes", async ({ page }) => {
    await open(page, "/shell");
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitemradio", { name: "Light" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    const answer = await page.request.get(`${gallery.baseUrl}/shell`);
    expect(await answer.text()).toContain('data-theme="light"');
  });

  test("the first Tab skips to the content", async ({ page }) => {
    await open(page, "/shell");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("#content")).toBeFocused();
  });

  test("the log follows its end, stops for a reader who scrolls up, and searches", async ({ page }) => {
    await open(page, "/shell");
    const log = page.getByRole("region", { name: "Log of node eu-1" });
    const distanceToEnd = () =>
      log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
    await expect.poll(distanceToEnd).toBeLessThan(2);
    await log.hover();
    await page.mouse.wheel(0, -600);
    const follow = page.getByRole("button", { name: "Follow" });
    await follow.click();
    await expect.poll(distanceToEnd).toBeLessThan(2);
    await page.getByRole("searchbox", { name: /^Search in/ }).fill("proposal");
    await expect(page.getByText("500 of 3000 lines", { exact: true })).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download what is shown" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("node-eu-1.log");
  });

  test("the wizard goes on by Enter and back by Escape, one step a press", async ({ page }) => {
    await open(page, "/wizard");
    const step = page.locator('[aria-current="step"]');
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(step).toContainText("Region and size");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(step).toContainText("Profile");
    await page.getByLabel("Max daily change").press("Enter");
    await expect(step).toContainText("Commission");
  });

  test("a table's sort and filter stand in the address, and its columns are remembered", async ({ page }) => {
    await open(page, "/table");
    await page.getByRole("button", { name: "Validator" }).click();
    await expect(page).toHaveURL(/sort=name/);
    await expect(page.getByRole("columnheader", { name: "Validator" })).toHaveAttribute("aria-sort", "ascending");
    await page.getByRole("searchbox").fill("aur");
    await expect(page).toHaveURL(/sort=name&q=aur/);
    await page.getByRole("button", { name: "Choose columns" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Wallet" }).click();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("columnheader", { name: "Wallet" })).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("columnheader", { name: "Wallet" })).toHaveCount(0);
  });

  test("a card of a narrow screen begins with its name and leads to its page, and what else is in it can be pressed", async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 900 });
    await open(page, "/table");
    const card = page.getByRole("row").filter({ hasText: "Aurora 1" }).first();
    // Refused by the browser's own hit test where the card's link lies over it.
    await card.getByRole("button", { name: /^Copy/ }).click();
    await expect(page).toHaveURL(/\/table$/);
    await card.getByText("Missed", { exact: true }).click({ force: true });
    await expect(page).toHaveURL(/\/table\/req_1$/);
  });

  test("the public pages are reached on a narrow screen too", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 900 });
    await open(page, "/landing");
    await page.getByRole("button", { name: "Public pages" }).click();
    for (const name of ["Networks", "Join", "Status", "API", "Documentation"]) {
      await expect(page.getByRole("menuitem", { name })).toBeVisible();
    }
  });

  test("a grave act is held until its object has been typed", async ({ page }) => {
    await open(page, "/danger");
    const act = page.getByRole("button", { name: "Stop node eu-1" });
    await expect(act).toBeDisabled();
    await page.getByLabel("Type eu-1 to go on").fill("eu-1");
    await expect(act).toBeEnabled();
  });

  test("what is not understood is signed only on the reader's word", async ({ page }) => {
    await open(page, "/signing");
    const sign = page.getByRole("button", { name: "Ask Keplr again" });
    await expect(sign).toBeDisabled();
    await page.getByRole("checkbox").check();
    await expect(sign).toBeEnabled();
  });
});
