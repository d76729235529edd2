import { expect, type Page, test } from "@playwright/test";
import { type ApiPerson, signInByApi } from "../../support/e2e/api-client";
import { signInInBrowser } from "../../support/e2e/browser-person";
import { haltChain } from "../../support/e2e/chain-process";
import { grantAdmin } from "../../support/e2e/grant-admin";
import { localnetFacts } from "../../support/e2e/localnet-facts";
import { expectAccessible } from "../../support/e2e/looks";
import { until } from "../../support/e2e/until";

const SLOW_MS = 240_000;
type Setup = {
  setupRequest: {
    id: string;
    status: string;
    currentStep: string | null;
    errorMessage: string | null;
    canRetry: boolean;
  };
  node: { id: string; status: string } | null;
};

let goOn = () => {};
test.afterEach(() => goOn());

/** Somebody else's request for a validator. */
async function requestSetup(person: ApiPerson, name: string): Promise<string> {
  const facts = localnetFacts(process.env.E2E_DATA_DIR ?? "");
  const networks = await person.call<{ items: { id: string; chainId: string }[] }>("GET", "/api/v1/networks");
  const network = networks.items.find((item) => item.chainId === facts.chainId);
  const created = await person.call<Setup>("POST", "/api/v1/validators/setup-requests", {
    networkId: network?.id,
    walletAddress: person.address,
    validatorName: name,
    commissionRate: "0.1",
    selfDelegation: "1000000",
    runMode: "cloud",
    regionCode: "us-west",
    tierCode: "small",
    runtime: "process",
  });
  return created.setupRequest.id;
}

test("an operator finds a stranger's setup, fails it with a reason, retries it, terminates its node and verifies the log", async ({
  page,
}) => {
  test.setTimeout(600_000);
  const person = await signInByApi(process.env.E2E_BASE_URL ?? "");
  const name = "Watched by an operator";
  const setupId = await requestSetup(person, name);
  const read = () => person.call<Setup>("GET", `/api/v1/validators/setup-requests/${setupId}`);
  // The steps before ask the chain and would give up; from here on nothing does until the node has to catch up.
  await until("the node has its place", SLOW_MS, async () =>
    ["volume", "init", "node", "public-key", "sync"].includes((await read()).setupRequest.currentStep ?? ""),
  );
  // A chain that stands still keeps the node from catching up, so the setup waits there until the operator has looked at it.
  goOn = haltChain(process.env.E2E_DATA_DIR ?? "");
  const untilStatus = (status: string) =>
    until(`status ${status}`, SLOW_MS, async () => {
      const now = await read();
      return now.setupRequest.status === status ? now : false;
    });

  await signInInBrowser(page);
  await page.goto(`${process.env.E2E_BASE_URL}/admin/setup-requests`);
  await expect(page.getByText(name)).toHaveCount(0);
  await grantAdmin(page);
  await page.goto(`${process.env.E2E_BASE_URL}/admin/setup-requests`);
  await page.getByRole("searchbox", { name: "Search" }).fill(name);
  await expect(page).toHaveURL(/search=Watched/);
  await page.getByRole("link", { name }).click();
  await page.waitForURL(new RegExp(setupId));

  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Mark as failed" }).click();
  const confirm = dialog.getByRole("button", { name: `Mark setup of ${name} as failed` });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("Reason, for the owner and the audit log").fill("The region is being rebuilt today.");
  await confirm.click();
  await expect(dialog).toBeHidden();
  const failed = await untilStatus("failed");
  goOn();
  expect(failed.setupRequest.errorMessage).toContain("The region is being rebuilt today.");

  await page.getByRole("button", { name: "Retry setup" }).click({ timeout: SLOW_MS });
  await dialog.getByRole("button", { name: `Retry setup of ${name}` }).click();
  await expect(dialog).toBeHidden();
  const ready = await untilStatus("ready_for_chain_tx");

  await page.goto(`${process.env.E2E_BASE_URL}/admin/nodes/${ready.node?.id}`);
  await page.getByRole("button", { name: "Terminate node" }).click();
  const terminate = dialog.getByRole("button", { name: `Terminate node of ${name}` });
  await expect(terminate).toBeDisabled();
  await dialog.getByLabel(`Type ${name} to go on`).fill(name);
  await terminate.click();
  await expect(page.getByText("The node was removed from its host.")).toBeVisible({ timeout: SLOW_MS });
  expect((await read()).node?.status).toBe("terminated");

  await page.goto(`${process.env.E2E_BASE_URL}/admin/job-runs`);
  await page
    .getByRole("row")
    .filter({ hasText: /operate/i })
    .first()
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("button", { name: "Run again" })).toBeVisible();
  const run = new URL(page.url()).pathname;

  await page.goto(`${process.env.E2E_BASE_URL}/admin/audit`);
  await page.getByRole("button", { name: "Verify chain" }).click();
  await expect(page.getByText("Intact.", { exact: true })).toBeVisible();
  await page.getByRole("searchbox", { name: "Target" }).fill(setupId);
  // The failure stands there under the operator's own name.
  await expect(page.getByRole("row", { name: /^validators\.setup_request\.failed .* user:/ })).toBeVisible();

  await test.step("each page of an operator is clean by axe and as wide and as long as what is on it", async () => {
    const links = await page.getByRole("navigation", { name: "Pages" }).getByRole("link").all();
    const paths = (await Promise.all(links.map((link) => link.getAttribute("href")))).map(String);
    const own = paths.filter((path) => path.startsWith("/admin"));
    expect(own.length).toBeGreaterThan(8);
    for (const path of [...own, `/admin/setup-requests/${setupId}`, `/admin/nodes/${ready.node?.id}`, run]) {
      await test.step(path, async () => {
        await page.goto(`${process.env.E2E_BASE_URL}${path}`);
        await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
        await expect(page.locator('#content [aria-busy="true"]')).toHaveCount(0);
        await expectAccessible(page);
        // Words for screen readers alone once lay below the page's end and made it scroll into nothing.
        expect.soft(await emptyEndPixels(page)).toBeLessThanOrEqual(0);
      });
    }
  });
});

/** How far the page scrolls below the last thing that is drawn in it. */
const emptyEndPixels = (page: Page) =>
  page.evaluate(() => {
    const content = document.querySelector("#content");
    const bottom = content?.getBoundingClientRect().bottom ?? 0;
    return Math.round(document.documentElement.scrollHeight - Math.max(window.innerHeight, bottom + window.scrollY));
  });
