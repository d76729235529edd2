import { expect, test } from "@playwright/test";
import { signInInBrowser } from "../../support/e2e/browser-person";
import { expectAccessible } from "../../support/e2e/looks";

const at = (path: string) => `${process.env.E2E_BASE_URL}${path}`;

test("a newcomer is shown a way that they can leave, and two tabs are two organisations", async ({
  page,
  context,
  browser,
}) => {
  await signInInBrowser(page);
  await page.goto(at("/o"));
  await page.waitForURL(/\/o\/personal-[0-9a-z]{6}$/);
  const personal = new URL(page.url()).pathname;

  await expect(page.getByRole("heading", { name: "First way through" })).toBeVisible();
  await expect(page.getByText("1 of 4 done")).toBeVisible();
  await page.getByRole("button", { name: "Leave the tour" }).click();
  await expect(page.getByRole("heading", { name: "First way through" })).toBeHidden();
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "No validators yet" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "First way through" })).toBeHidden();

  await page.getByRole("button", { name: /^Organisation,/ }).click();
  await page.getByRole("menuitem", { name: "New organisation" }).click();
  await page.getByLabel("Name").fill(`Aurora ${Date.now()}`);
  await page.getByRole("button", { name: "Make organisation" }).click();
  await page.waitForURL(/\/o\/aurora-[0-9]+$/);
  const team = new URL(page.url()).pathname;

  await test.step("another organisation closes every menu, takes the focus into its page, and can be pressed", async () => {
    await page.getByRole("button", { name: /^Organisation,/ }).click();
    await page.getByRole("menuitem", { name: /^omni1/ }).click();
    await page.waitForURL(new RegExp(`${personal}$`));
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(page.locator("#content")).toBeFocused();
    await page.getByRole("button", { name: /^Account,/ }).click();
    await page.getByRole("button", { name: /^Organisation,/ }).click();
    await expect(page.getByRole("menu")).toHaveCount(1);
    await page.getByRole("menuitem", { name: /^Aurora/ }).press("Enter");
    await page.waitForURL(new RegExp(`${team}$`));
    await expect(page.getByRole("menu")).toHaveCount(0);
  });
  await test.step("an organisation is renamed on screen, and keeps its address", async () => {
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("button", { name: "Rename organisation" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Aurora North");
    await dialog.getByRole("button", { name: "Rename organisation" }).click();
    await expect(page.getByRole("button", { name: "Organisation, Aurora North" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(`${team}/members`);
  });
  await test.step("what is not there is said within the frame", async () => {
    await page.goto(at(`${team}/nothing/here`));
    await expect(page.getByRole("heading", { name: "Nothing is at this address" })).toBeVisible();
    await expect(page.getByRole("main")).toHaveCount(1);
    await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
    await expectAccessible(page);
    await page.goto(at(team));
  });

  await test.step("somebody who is invited joins, is told so, and is led there", async () => {
    const guest = await (await browser.newContext()).newPage();
    await signInInBrowser(guest);
    await guest.goto(at("/account/wallets"));
    const address = await guest
      .getByText(/^omni1[0-9a-z]{38}$/)
      .first()
      .textContent();
    await page.goto(at(`${team}/members`));
    await page.getByRole("button", { name: "Invite member" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Wallet address").fill(address ?? "");
    await dialog.getByRole("button", { name: "Invite member" }).click();
    await expect(dialog).toBeHidden();
    await guest.goto(at("/o"));
    await guest.getByRole("link", { name: "Members" }).click();
    await guest.getByRole("button", { name: "Join Aurora North" }).click();
    await expect(guest.getByRole("status").filter({ hasText: "You joined Aurora North as developer." })).toBeVisible();
    await guest.getByRole("link", { name: "Switch to Aurora North" }).click();
    await guest.waitForURL(new RegExp(`${team}$`));
    await expect(guest.getByRole("button", { name: "Organisation, Aurora North" })).toBeVisible();
    await guest.context().close();
    await page.goto(at(team));
  });

  const other = await context.newPage();
  await other.goto(at(`${personal}/members`));
  await page.getByRole("link", { name: "Members" }).click();
  // A page that streams in has its content a second time for a moment, hidden and outside of the frame.
  const shown = (tab: typeof page, text: RegExp) => tab.locator("#content").getByText(text);
  await expect(shown(page, /Of the organisation Aurora/)).toBeVisible();
  await expect(shown(other, /Of the organisation omni1/)).toBeVisible();
  await other.reload();
  await expect(shown(other, /Of the organisation omni1/)).toBeVisible();

  // A link without an organisation leads to one of the person's own; another's is nowhere.
  await other.goto(at("/validators"));
  await other.waitForURL(new RegExp(`(${personal}|${team})/validators$`));
  await other.goto(at("/o/nobody-has-this/validators"));
  await expect(other.getByRole("heading", { name: "Nothing is at this address" })).toBeVisible();
});

test("a keyboard goes on in the new page and past the head of public pages, too", async ({ page }) => {
  // A link that is pressed before the scripts are there opens the page from its beginning, as a browser does.
  await expect(async () => {
    await page.goto(at("/"));
    await page.getByRole("link", { name: "Set up a validator" }).press("Enter");
    await page.waitForURL(/\/sign-in/);
    await expect(page.locator("#content")).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await page.goto(at("/networks"));
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});

test("every page of a newcomer is clean by axe in both themes and fits 390 px", async ({ page }) => {
  // Some thirty pages, each looked at four times.
  test.setTimeout(600_000);
  const look = async (path: string) =>
    test.step(path, async () => {
      await page.goto(at(path));
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      // The page itself, not what stands there until it comes.
      await expect(page.locator('#content [aria-busy="true"]')).toHaveCount(0);
      await expectAccessible(page);
    });
  const docs = ["/docs", "/docs/api", "/docs/api/validators", "/docs/become-a-validator", "/docs/search?q=stake"];
  await page.goto(at("/"));
  const inHead = await page.getByRole("navigation", { name: "Public pages" }).getByRole("link").all();
  const ofAll = (await Promise.all(inHead.map((link) => link.getAttribute("href")))).map(String);
  expect(ofAll).toEqual(expect.arrayContaining(["/networks", "/testnet", "/status"]));
  for (const path of new Set(["/", "/sign-in", ...ofAll, ...docs, "/nothing-here"])) await look(path);
  await signInInBrowser(page);
  await page.goto(at("/o"));
  await page.waitForURL(/\/o\/personal-[0-9a-z]{6}$/);
  const links = await page.getByRole("navigation", { name: "Pages" }).getByRole("link").all();
  const paths = await Promise.all(links.map((link) => link.getAttribute("href")));
  const own = paths.filter((path) => path !== null && path !== "/");
  expect(own.length).toBeGreaterThan(6);
  for (const path of own) await look(path ?? "");
});

test("the public files are there, and each says what it should", async ({ request }) => {
  for (const path of ["/robots.txt", "/manifest.webmanifest", "/social.png", "/icons/icon-512.png"]) {
    expect((await request.get(at(path))).status(), path).toBe(200);
  }
  // Nobody gave this installation a contact, so it names none.
  expect((await request.get(at("/.well-known/security.txt"))).status()).toBe(404);
});
